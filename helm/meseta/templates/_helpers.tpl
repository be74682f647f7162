{{/* The names of everything: the release's, with the chart's where it does not say so itself. */}}
{{- define "meseta.name" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What tells our pods from all others; it can never change in a release. */}}
{{- define "meseta.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "meseta.labels" -}}
{{ include "meseta.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: meseta
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | quote }}
{{- end -}}

{{- define "meseta.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "meseta.name" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- required "serviceAccount.name is needed when serviceAccount.create is false" .Values.serviceAccount.name -}}
{{- end -}}
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

{{/* Asked from inside, since nobody else is answered; takes a dict of port, kind, period, failures. */}}
{{- define "meseta.probe" -}}
exec:
  command: ["/opt/meseta/healthy", {{ .port | toString | quote }}, {{ .kind | quote }}]
timeoutSeconds: 6
periodSeconds: {{ .period }}
failureThreshold: {{ .failures }}
{{- end -}}

{{/* The three probes of a service; takes a dict of port. */}}
{{- define "meseta.probes" -}}
startupProbe:
  {{- include "meseta.probe" (dict "port" .port "kind" "liveness" "period" 5 "failures" 60) | nindent 2 }}
livenessProbe:
  {{- include "meseta.probe" (dict "port" .port "kind" "liveness" "period" 20 "failures" 6) | nindent 2 }}
readinessProbe:
  {{- include "meseta.probe" (dict "port" .port "kind" "readiness" "period" 10 "failures" 3) | nindent 2 }}
{{- end -}}

{{/* What the schema can't say in words that help. */}}
{{- define "meseta.check" -}}
{{- if not .Values.open -}}
{{- fail "Meseta cannot authenticate anyone yet. To install it open to everyone who can reach into its pod, set open=true." -}}
{{- end -}}
{{- if gt (int .Values.replicas) 1 -}}
{{- fail "replicas is above 1: masters in several pods cannot know each other before Meseta can authenticate them. Set replicas=1." -}}
{{- end -}}
{{- if eq (int .Values.master.port) (int .Values.agent.port) -}}
{{- fail "master.port and agent.port are the same: the two share one loopback." -}}
{{- end -}}
{{- end -}}
