# shellcheck shell=bash
# shellcheck disable=SC2154 # project, maven, offline come from lane.sh
# The demo's Jenkins with all that belongs to it: simulator, agent, connector, sample job. Sourced by bin/demo after
# lane.sh. Everything it starts listens on loopback only and ends with the command.

demo_files="$project/src/test/demo"
sample=deploy
job_page=job/$sample/
connectors_page=manage/servicenow-connectors/
simulator_process='' jenkins_process='' agent_process=''

# Runs the demo: jenkins_demo ONCE KEEP, each yes or empty.
jenkins_demo() {
  begin_demo "$2"
  start_simulator
  start_jenkins
  check_plugins
  start_agent
  echo "Ready after $SECONDS s: $plugins plugins active, agent dmz connected, connector 'simulator'."
  if [ "$1" = yes ]; then
    run_sample
  else
    print_addresses
    wait "$jenkins_process"
    fail 'Jenkins has ended by itself' "$home/jenkins.log"
  fi
}

begin_demo() {
  command -v curl >/dev/null || fail 'it needs curl, which is not here'
  # only its owner may look into it: it holds passwords
  home=$(mktemp -d "${TMPDIR:-/tmp}/servicenow-connector-demo.XXXXXX") || fail 'no temporary folder can be made'
  keep=$1
  trap end_demo EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

end_demo() {
  trap '' HUP INT TERM
  end_group "$agent_process"
  end_group "$jenkins_process"
  end_group "$simulator_process"
  if [ "$keep" = yes ]; then
    echo "Kept: $home"
  else
    rm -rf "$home"
  fi
}

# Starts a command in a process group of its own, so that its children end with it: begin LOG COMMAND...; sets begun.
begin() {
  local log=$1
  shift
  set -m
  "$@" >"$log" 2>&1 </dev/null &
  begun=$!
  # off again: else Ctrl-C would reach only the command in front, not this shell
  set +m
}

# Ends a process and all its children; those that do not listen within ten seconds are killed.
end_group() {
  local i
  [ -n "$1" ] || return 0
  kill -- "-$1" 2>/dev/null
  for ((i = 0; i < 50; i++)); do
    kill -0 -- "-$1" 2>/dev/null || break
    sleep 0.2
  done
  kill -KILL -- "-$1" 2>/dev/null
  wait "$1" 2>/dev/null
}

# Ends the command with one sentence, after the end of a log if one is given.
fail() {
  [ -z "${2:-}" ] || tail -n 40 "$2" >&2
  echo "bin/demo: $1" >&2
  exit 1
}

# Tries a command every second: await SECONDS PROCESS COMMAND...; not 0 once the time is over or the process has ended.
await() {
  local end=$((SECONDS + $1)) process=$2
  shift 2
  until "$@"; do
    [ "$SECONDS" -lt "$end" ] && kill -0 "$process" 2>/dev/null || return 1
    sleep 1
  done
}

start_simulator() {
  local class_path
  class_path=$(engine_class_path) || fail 'the simulator does not compile, see above'
  begin "$home/simulator.log" \
    java -cp "$class_path" io.jenkins.plugins.servicenowconnector.simulator.SimulatorMain
  simulator_process=$begun
  await 60 "$simulator_process" simulator_answers || fail 'the simulator does not start' "$home/simulator.log"
}

# Sets servicenow, the simulator's address, once it has printed it.
simulator_answers() {
  servicenow=$(LC_ALL=C sed -n 's|^ServiceNow simulator at \(.*\)/simulator, .*|\1|p' "$home/simulator.log")
  [ -n "$servicenow" ]
}

start_jenkins() {
  local port
  port=$(free_port)
  jenkins="http://127.0.0.1:$port/jenkins"
  password=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')
  mkdir -p "$home/jenkins/jobs/$sample" "$home/agent"
  # where Configuration as Code looks by itself
  cp "$demo_files/jenkins.yaml" "$home/jenkins/jenkins.yaml"
  cp "$demo_files/$sample.xml" "$home/jenkins/jobs/$sample/config.xml"
  printf 'user = "admin:%s"\ncookie-jar = "%s"\ncookie = "%s"\n' "$password" "$home/cookies" "$home/cookies" \
    >"$home/curl"
  echo 'Jenkins starts; this takes half a minute or so.'
  run_jenkins "$port"
  if ! await 300 "$jenkins_process" jenkins_answers; then
    if [ -n "$offline" ] && grep -q 'in offline mode' "$home/jenkins.log"; then
      echo 'Something is missing in the local repository: once more, with the network.'
      end_group "$jenkins_process"
      offline=''
      run_jenkins "$port"
      await 900 "$jenkins_process" jenkins_answers && return
    fi
    fail 'Jenkins does not start' "$home/jenkins.log"
  fi
}

# jvmArgs replaces what Jenkins is started with, so the packages that it needs opened come in again.
run_jenkins() {
  local options='-Xmx1G @{jenkins.addOpens} -Djenkins.install.runSetupWizard=false'
  options+=' -Dhudson.model.UpdateCenter.never=true -Dhudson.model.UsageStatistics.disabled=true'
  export DEMO_JENKINS="$jenkins/" DEMO_SERVICENOW="$servicenow" DEMO_PASSWORD="$password" DEMO_AGENT="$home/agent"
  # $offline unquoted: it is one option or nothing
  # shellcheck disable=SC2086
  begin "$home/jenkins.log" env -u CASC_JENKINS_CONFIG -u JENKINS_HOME \
    "$maven" $offline -B -f "$project/pom.xml" hpi:run -Dhost=127.0.0.1 -Dport="$1" \
    -DjenkinsHome="$home/jenkins" -Dmaven.hpi.run.jvmArgs="$options"
  jenkins_process=$begun
}

# A port on which nobody listens; should it be taken before Jenkins gets to it, Jenkins says so and ends.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  echo "$port"
}

# Prints a page of Jenkins: jenkins_get PATH.
jenkins_get() {
  curl -sfg --noproxy '*' --max-time 20 --config "$home/curl" "$jenkins/$1" 2>/dev/null
}

# Answers as soon as Jenkins knows the password, that is after its configuration.
jenkins_answers() {
  jenkins_get 'me/api/json?tree=id' | grep -q '"admin"'
}

# A Jenkins that answers may still have left plugins or configuration out. Sets plugins, the number of active ones.
check_plugins() {
  local all inactive page
  all=$(jenkins_get 'pluginManager/api/json?tree=plugins[active,shortName]' | grep -oE '\{"active":[^}]*\}')
  inactive=$(grep '"active":false' <<<"$all" | sed 's/.*"shortName":"\([^"]*\)".*/\1/' | tr '\n' ' ')
  [ -z "$inactive" ] || fail "these plugins are not active: $inactive" "$home/jenkins.log"
  plugins=$(grep -c '"active":true' <<<"$all")
  grep -q '"servicenow-connector"' <<<"$all" || fail 'the plugin itself is not active' "$home/jenkins.log"
  for page in "$job_page" "$connectors_page"; do
    jenkins_get "$page" >/dev/null || fail "this Jenkins has no page $page" "$home/jenkins.log"
  done
}

# The agent is a process of its own, as it would be on another machine.
start_agent() {
  jenkins_get jnlpJars/agent.jar >"$home/agent.jar" || fail 'Jenkins gives no agent.jar' "$home/jenkins.log"
  jenkins_get computer/dmz/jenkins-agent.jnlp | sed -n 's/.*<argument>\([0-9a-f]\{64\}\)<.*/\1/p' >"$home/secret"
  [ -s "$home/secret" ] || fail "Jenkins knows no agent 'dmz'" "$home/jenkins.log"
  begin "$home/agent.log" java -jar "$home/agent.jar" -url "$jenkins/" -name dmz -secret "@$home/secret" -webSocket \
    -workDir "$home/agent"
  agent_process=$begun
  await 60 "$agent_process" agent_is_online || fail 'the agent does not connect' "$home/agent.log"
}

agent_is_online() {
  jenkins_get 'computer/dmz/api/json?tree=offline' | grep -q '"offline":false'
}

print_addresses() {
  cat <<END

  Jenkins                $jenkins/   user admin, password $password
  Sample job             $jenkins/$job_page
  Connectors             $jenkins/$connectors_page
  ServiceNow, simulated  $servicenow/simulator

Press "Build Now" in the job, then "Approve" (twice: two groups are asked) on the simulator's page, and see the build go on.
Ctrl-C ends it all.
END
}

# Runs the sample as a person would, with the buttons, and ends with the build's result.
run_sample() {
  local crumb
  crumb=$(jenkins_get 'crumbIssuer/api/json' | sed 's/.*"crumb":"\([^"]*\)","crumbRequestField":"\([^"]*\)".*/\2: \1/')
  curl -sf --noproxy '*' --max-time 20 --config "$home/curl" -H "$crumb" -X POST "$jenkins/${job_page}build" \
    || fail 'the sample job cannot be started' "$home/jenkins.log"
  await 180 "$jenkins_process" approve_until_done
  jenkins_get "${job_page}1/consoleText"
  build_says '"result":"SUCCESS"' || fail 'the sample build has not succeeded, see its log above'
  echo "The sample build succeeded."
}

# Presses each Approve button there is; 0 once the build is over.
approve_until_done() {
  local number
  for number in $(waiting_for_approval); do
    echo "Approving $number on the simulator's page."
    curl -sf --noproxy '*' --max-time 20 -o /dev/null -d "number=$number" -d do=approve "$servicenow/simulator/ticket"
  done
  build_says '"building":false'
}

# The numbers of the tickets that the simulator's page offers to approve.
waiting_for_approval() {
  curl -sf --noproxy '*' --max-time 20 "$servicenow/simulator" | grep 'value="approve"' \
    | sed -n 's/.*<tr id="\([A-Z0-9]*\)".*/\1/p'
}

build_says() {
  jenkins_get "${job_page}1/api/json?tree=building,result" | grep -q "$1"
}
