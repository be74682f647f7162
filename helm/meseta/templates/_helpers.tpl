{{/* The names of everything: the release's, with the chart's where it does not say so itself. */}}
{{- define "meseta.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What the Secrets' names begin with. */}}
{{- define "meseta.secrets" -}}
{{- default (include "meseta.name" .) .Values.secrets.name -}}
{{- end -}}

{{/* What tells a component's pods from all others; it can never change in a release. Takes a dict of
     component and context. */}}
{{- define "meseta.selector" -}}
app.kubernetes.io/name: {{ .context.Chart.Name }}
app.kubernetes.io/instance: {{ .context.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "meseta.labels" -}}
{{ include "meseta.selector" . }}
app.kubernetes.io/version: {{ .context.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: meseta
app.kubernetes.io/managed-by: {{ .context.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .context.Chart.Name .context.Chart.Version | quote }}
{{- end -}}

{{/* Name, namespace and labels of something of a component's. */}}
{{- define "meseta.metadata" -}}
name: {{ include "meseta.name" .context }}-{{ .component }}
namespace: {{ .context.Release.Namespace }}
labels:
  {{- include "meseta.labels" . | nindent 2 }}
{{- end -}}

{{/* An image's reference; takes a dict of image and context. */}}
{{- define "meseta.image" -}}
{{- if .image.digest -}}
{{- printf "%s@%s" .image.repository .image.digest -}}
{{- else -}}
{{- printf "%s:%s" .image.repository (default .context.Chart.AppVersion .image.tag) -}}
{{- end -}}
{{- end -}}

{{/* Settings as arguments, in the order of their names; takes a dict of prefix and settings. */}}
{{- define "meseta.settings" -}}
{{- range $name, $value := .settings }}
- {{ printf "--%s.%s=%s" $.prefix $name (toString $value) | quote }}
{{- end }}
{{- end -}}

{{/* Addresses. Pods' names are found below their headless services. */}}
{{- define "meseta.gatewayUrl" -}}
http://{{ include "meseta.name" . }}-gateway.{{ .Release.Namespace }}.svc:8080
{{- end -}}

{{- define "meseta.authUrl" -}}
http://{{ include "meseta.name" . }}-auth.{{ .Release.Namespace }}.svc:5060
{{- end -}}

{{- define "meseta.url" -}}
{{- default (include "meseta.gatewayUrl" .) (trimSuffix "/" .Values.url) -}}
{{- end -}}

{{- define "meseta.masterUrls" -}}
{{- $name := include "meseta.name" . -}}
{{- $urls := list -}}
{{- range $i := until (int .Values.master.replicas) -}}
{{- $urls = append $urls (printf "http://%s-master-%d.%s-master.%s.svc:5050" $name $i $name $.Release.Namespace) -}}
{{- end -}}
{{- join "," $urls -}}
{{- end -}}

{{/* How a service knows callers and is known itself; takes a dict of component and context. */}}
{{- define "meseta.identity" -}}
- {{ printf "--meseta.auth.url=%s" (include "meseta.authUrl" .context) | quote }}
- "--meseta.auth.trust-file=/run/meseta/trust"
- "--meseta.auth.principal=meseta-{{ .component }}"
- "--meseta.auth.secret-file=/run/meseta/secret"
- "--meseta.auth.state-dir=/var/lib/meseta/auth"
{{- end -}}

{{/* A probe; takes a dict of kind, period, failures. */}}
{{- define "meseta.probe" -}}
httpGet:
  path: /actuator/health/{{ .kind }}
  port: http
timeoutSeconds: 6
periodSeconds: {{ .period }}
failureThreshold: {{ .failures }}
{{- end -}}

{{- define "meseta.probes" -}}
startupProbe:
  {{- include "meseta.probe" (dict "kind" "liveness" "period" 5 "failures" 60) | nindent 2 }}
livenessProbe:
  {{- include "meseta.probe" (dict "kind" "liveness" "period" 20 "failures" 6) | nindent 2 }}
readinessProbe:
  {{- include "meseta.probe" (dict "kind" "readiness" "period" 10 "failures" 3) | nindent 2 }}
{{- end -}}

{{- define "meseta.confined" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: ["ALL"]
{{- end -}}

{{/* The head of a container; takes a dict of component, values, context. */}}
{{- define "meseta.container" -}}
name: {{ .component }}
image: {{ include "meseta.image" (dict "image" .values.image "context" .context) | quote }}
imagePullPolicy: {{ .values.image.pullPolicy }}
{{- end -}}

{{/* A pod's labels and annotations; takes a dict of component and context. */}}
{{- define "meseta.podMetadata" -}}
labels:
  {{- include "meseta.labels" . | nindent 2 }}
  {{- with .context.Values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .context.Values.podAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* What all pods share; takes a dict of component, uid and context. */}}
{{- define "meseta.pod" -}}
{{- $values := .context.Values -}}
serviceAccountName: {{ include "meseta.name" .context }}-{{ .component }}
# Meseta asks nothing of Kubernetes.
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: {{ $values.terminationGracePeriodSeconds }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with $values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
affinity:
  {{- with $values.affinity }}
  {{- toYaml . | nindent 2 }}
  {{- else }}
  # One lost node should cost one of each at most.
  podAntiAffinity:
    preferredDuringSchedulingIgnoredDuringExecution:
      - weight: 100
        podAffinityTerm:
          topologyKey: kubernetes.io/hostname
          labelSelector:
            matchLabels:
              {{- include "meseta.selector" . | nindent 14 }}
  {{- end }}
securityContext:
  {{- if ne (int .uid) 0 }}
  runAsNonRoot: true
  {{- end }}
  runAsUser: {{ .uid }}
  runAsGroup: {{ .uid }}
  fsGroup: {{ .uid }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{/* Files of one Secret of ours; takes a dict of component, files and context. */}}
{{- define "meseta.secretVolume" -}}
- name: secrets
  secret:
    secretName: {{ include "meseta.secrets" .context }}-{{ .component }}
    defaultMode: 288 # 0440
    items:
      {{- range .files }}
      - {key: {{ . | quote }}, path: {{ . | quote }}}
      {{- end }}
{{- end -}}

{{/* The address of a component's database; takes a dict of component, database and context. */}}
{{- define "meseta.databaseUrl" -}}
{{- if .context.Values.postgresql.enabled -}}
{{- printf "jdbc:postgresql://%s-postgres.%s.svc:5432/%s" (include "meseta.name" .context) .context.Release.Namespace .database -}}
{{- else -}}
{{- $given := index .context.Values.database .component -}}
{{- required (printf "database.%s.url is needed: jdbc:postgresql://HOST:PORT/DATABASE, without user and password; or, for a trial, postgresql.enabled=true" .component) $given.url -}}
{{- end -}}
{{- end -}}

{{/* How a component speaks to its database. No password is in any environment. */}}
{{- define "meseta.databaseEnv" -}}
- name: SPRING_DATASOURCE_URL
  value: {{ include "meseta.databaseUrl" . | quote }}
- name: SPRING_CONFIG_IMPORT
  value: {{ ternary "file:/run/meseta/database.properties" "configtree:/run/meseta-database/" .context.Values.postgresql.enabled | quote }}
{{- end -}}

{{- define "meseta.databaseMount" -}}
{{- if not .context.Values.postgresql.enabled }}
- name: database
  mountPath: /run/meseta-database
  readOnly: true
{{- end }}
{{- end -}}

{{/* Files named like the settings that they hold. */}}
{{- define "meseta.databaseVolume" -}}
{{- if not .context.Values.postgresql.enabled }}
{{- $values := .context.Values.database }}
{{- $given := index $values .component }}
- name: database
  secret:
    secretName: {{ required (printf "database.%s.existingSecret is needed: the name of a Secret that holds the database's user and password" .component) $given.existingSecret | quote }}
    defaultMode: 288 # 0440
    items:
      - {key: {{ $values.usernameKey | quote }}, path: spring.datasource.username}
      - {key: {{ $values.passwordKey | quote }}, path: spring.datasource.password}
{{- end }}
{{- end -}}
