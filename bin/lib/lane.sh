# shellcheck shell=bash
# Which of the two builds this machine can make, and the Maven that makes it. Sourced by the commands in bin/.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
engine_pom=src/engine/pom.xml
# outside target, so that a clean build fetches nothing again
cache="${XDG_CACHE_HOME:-$HOME/.cache}/servicenow-connector"

# What the plugin's parent asks for, and what is fetched where mvn is older.
maven_needed=3.9.6
maven_fetched=3.9.11

# Ends the command because of its arguments: one line, exit code 2.
usage_error() {
  printf 'bin/%s: %s; --help says what there is\n' "$(basename "$0")" "$1" >&2
  exit 2
}

# Prints the comment at the top of a command: its help.
help_of() {
  sed -n '2,/^[^#]/{/^#/!q;s/^# \{0,1\}//;p;}' "$1"
}

maven_version() {
  "$1" --version 2>/dev/null | grep -oE -m1 '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1
}

at_least() {
  [ -n "$1" ] && [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

# Prints the command of a Maven that can read the plugin's pom, fetched through the mvn at hand if that is too old.
maven39() {
  if at_least "$(maven_version mvn)" "$maven_needed"; then
    command -v mvn
    return
  fi
  local home="$cache/apache-maven-$maven_fetched"
  if [ ! -x "$home/bin/mvn" ]; then
    local part
    mkdir -p "$cache" && part=$(mktemp -d "$cache/fetch.XXXXXX") || return 1
    # overWriteReleases: else a marker in target makes the plugin skip silently
    mvn -B -q -f "$project/$engine_pom" dependency:unpack \
      -Dartifact="org.apache.maven:apache-maven:$maven_fetched:zip:bin" \
      -DoutputDirectory="$part" -Dmdep.overWriteReleases=true >"$cache/fetch.log" 2>&1 \
      && chmod +x "$part/apache-maven-$maven_fetched/bin/mvn" \
      && { mv "$part/apache-maven-$maven_fetched" "$home" 2>/dev/null || [ -x "$home/bin/mvn" ]; }
    local fetched=$?
    rm -rf "$part"
    [ "$fetched" = 0 ] || return 1
  fi
  printf '%s\n' "$home/bin/mvn"
}

# Sets: lane (plugin or engine), why (half a sentence), and for the plugin maven (its Maven) and offline (-o or empty).
# The build plugin's help goal resolves parent, BOM and build plugin and does nothing else; only its exit code counts.
choose_lane() {
  local probe=(-B -N -q -f "$project/pom.xml" hpi:help)
  lane=engine maven='' offline=''
  if [ "${1:-}" = engine ]; then
    why="--engine asks for it"
  elif ! maven=$(maven39); then
    why="no Maven $maven_needed or newer is here, and none could be fetched"
  elif "$maven" -o "${probe[@]}" >/dev/null 2>&1; then
    lane=plugin offline=-o why="Jenkins' build parent is in the local repository"
  # without the bound, a network that drops packets costs more than two minutes
  elif "$maven" -Daether.connector.connectTimeout=5000 "${probe[@]}" >/dev/null 2>&1; then
    lane=plugin why="Jenkins' build parent can be fetched"
  else
    why="Jenkins' build parent is neither in the local repository nor to be fetched from here"
  fi
}

# Prints the class path of the engine's tests after compiling them: engine, simulator, libraries. The libraries' part is
# kept by the pom's hash, as asking for it takes longer than compiling.
engine_class_path() {
  local hash file
  mvn -B -q -Dstyle.color=never -f "$project/$engine_pom" test-compile >&2 || return 1
  hash=$(cksum <"$project/$engine_pom" | tr ' ' '-')
  file="$cache/class-path-$hash"
  if ! class_path_holds "$file"; then
    mkdir -p "$cache"
    mvn -B -q -f "$project/$engine_pom" dependency:build-classpath -Dmdep.outputFile="$file" >&2 || return 1
  fi
  printf '%s/src/engine/target/test-classes:%s/src/engine/target/classes:%s\n' "$project" "$project" "$(cat "$file")"
}

# Whether the file is there and every library it names still is.
class_path_holds() {
  local entry
  [ -s "$1" ] || return 1
  while IFS= read -r -d : entry; do
    [ -e "$entry" ] || return 1
  done < <(tr -d '\n' <"$1"; printf ':')
}
