{{/* The master: decides, and writes to the database. */}}
{{- define "meseta.master" -}}
- name: master
  image: {{ include "meseta.image" (dict "image" .Values.master.image "context" .) | quote }}
  imagePullPolicy: {{ .Values.master.image.pullPolicy }}
  args:
    - "--meseta.open=true"
    - "--server.address=127.0.0.1"
    - {{ printf "--server.port=%d" (int .Values.master.port) | quote }}
    - "--meseta.master.advertise.host=127.0.0.1"
    - {{ printf "--meseta.master.advertise.port=%d" (int .Values.master.port) | quote }}
    - {{ printf "--meseta.master.database-wait=%s" .Values.database.wait | quote }}
    {{- include "meseta.settings" (dict "prefix" "meseta.master" "settings" .Values.master.settings) | nindent 4 }}
  env:
    - name: SPRING_DATASOURCE_URL
      value: {{ .Values.database.url | quote }}
    - name: SPRING_CONFIG_IMPORT
      value: "configtree:/etc/meseta/database/"
  {{- include "meseta.probes" (dict "port" .Values.master.port) | nindent 2 }}
  resources:
    {{- toYaml .Values.master.resources | nindent 4 }}
  securityContext:
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    capabilities:
      drop: ["ALL"]
  volumeMounts:
    - name: tmp
      mountPath: /tmp
    - name: database
      mountPath: /etc/meseta/database
      readOnly: true
{{- end -}}

{{/* The agent: runs tasks in its own container. */}}
{{- define "meseta.agent" -}}
{{- $offers := .Values.agent.offers -}}
- name: agent
  image: {{ include "meseta.image" (dict "image" .Values.agent.image "context" .) | quote }}
  imagePullPolicy: {{ .Values.agent.image.pullPolicy }}
  args:
    - "--meseta.open=true"
    - "--server.address=127.0.0.1"
    - {{ printf "--server.port=%d" (int .Values.agent.port) | quote }}
    - {{ printf "--meseta.agent.masters=http://127.0.0.1:%d" (int .Values.master.port) | quote }}
    - "--meseta.agent.work-dir=/var/lib/meseta/agent"
    - {{ printf "--meseta.agent.resources=cpus:%v;mem:%d;disk:%d;ports:[%s]" $offers.cpus (int64 $offers.memoryMb) (int64 $offers.diskMb) $offers.ports | quote }}
    - {{ printf "--meseta.agent.switch-user=%t" .Values.agent.switchUsers | quote }}
    {{- with .Values.agent.attributes }}
    - {{ printf "--meseta.agent.attributes=%s" . | quote }}
    {{- end }}
    {{- include "meseta.settings" (dict "prefix" "meseta.agent" "settings" .Values.agent.settings) | nindent 4 }}
  {{- include "meseta.probes" (dict "port" .Values.agent.port) | nindent 2 }}
  resources:
    {{- toYaml .Values.agent.resources | nindent 4 }}
  securityContext:
    allowPrivilegeEscalation: false
    readOnlyRootFilesystem: true
    {{- if .Values.agent.switchUsers }}
    runAsNonRoot: false
    runAsUser: 0
    runAsGroup: 0
    {{- end }}
    capabilities:
      drop: ["ALL"]
      {{- if .Values.agent.switchUsers }}
      add: ["CHOWN", "DAC_OVERRIDE", "FOWNER", "KILL", "SETGID", "SETUID", "SYS_PTRACE"]
      {{- end }}
  volumeMounts:
    - name: agent-tmp
      mountPath: /tmp
    - name: agent
      mountPath: /var/lib/meseta
{{- end -}}
