# The value of an option on the line that is being typed, or nothing.
function _tendon_value_of() {
  local word previous=
  for word in "${COMP_WORDS[@]}"; do
    if [ "$previous" = "$1" ]; then
      echo "$word"
      return
    fi
    previous=$word
  done
}

# Ids of the recorded sessions, where the typed --data, $TENDON_DATA or the home directory has them.
function _tendon_sessions() {
  local data
  data=$(_tendon_value_of --data)
  data=${data:-${TENDON_DATA:-$HOME/tendon-data}}
  # A ~ that is typed is not yet a directory.
  command ls -- "${data/#\~/$HOME}/sessions" 2>/dev/null
}

# Names of the robots that this user runs or has run since the machine started.
function _tendon_robots() {
  command ls /dev/shm 2>/dev/null | sed -n "s/^tendon-$(id -un | sed 's/[^A-Za-z0-9_-]/_/g')-//p"
}

