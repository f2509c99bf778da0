# What the scripts here need of a machine: a JDK, a home folder, a place to run native libraries from, a locale that spells file names, the way out through a
# proxy. What is amiss is put right with a sentence where that can be done, else the script ends with one. Sourced by them.

say() { echo "environment/${0##*/}: $*" >&2; }
give_up() { say "$@"; exit 1; }

# An option for every Java that is started from here; Java says on stderr that it has seen it.
java_option() { export JDK_JAVA_OPTIONS="${JDK_JAVA_OPTIONS:+$JDK_JAVA_OPTIONS }\"$1\""; }

# A folder of this user's own, made if need be: nobody else may put libraries there.
own_folder() { mkdir -p -m 700 "$1" 2>/dev/null && [ -O "$1" ] && [ -w "$1" ]; }

# The JDK that a java command belongs to; launchers of version managers are asked.
jdk_of() {
  local home
  home=$(dirname "$(dirname "$(readlink -f "$1" 2>/dev/null)")")
  [ -e "$home/release" ] || home=$("$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  printf '%s\n' "$home"
}

# Whether a folder is a JDK 17 or newer.
is_jdk() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return
  local said
  said=$(grep -s '^JAVA_VERSION=' "$1/release") || said=$("$1/bin/java" -version 2>&1)
  [[ $said =~ \"(1\.)?([0-9]+) ]] && [ "${BASH_REMATCH[2]}" -ge 17 ]
}

# JAVA_HOME's, else that of PATH, else any that is installed where systems put them.
need_jdk() {
  local in_path="" wanted home
  if command -v java >/dev/null; then in_path=$(jdk_of "$(command -v java)"); fi
  wanted=${JAVA_HOME:-$in_path}
  for home in "$wanted" "$in_path" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    is_jdk "$home" || continue
    if [ "$home" != "$wanted" ]; then
      say "${JAVA_HOME:+JAVA_HOME=}${wanted:-no Java in PATH,} is no JDK 17 or newer; $home is taken."
      export JAVA_HOME=$home PATH=$home/bin:$PATH
    fi
    return
  done
  give_up "a JDK 17 or newer is needed, but ${JAVA_HOME:+JAVA_HOME=}${wanted:-no Java in PATH} is none. Debian, Ubuntu: sudo apt-get install openjdk-17-jdk-headless; or set JAVA_HOME."
}

# Java takes the home folder from the system, not from HOME.
need_home() {
  local home
  home=$(eval echo "~$(id -un 2>/dev/null)")
  if [ -d "$home" ] && [ -w "$home" ]; then export HOME=${HOME:-$home}; return; fi
  if [ -n "${HOME:-}" ] && own_folder "$HOME"; then home=$HOME; else home=${TMPDIR:-/tmp}/anogan-$(id -u); fi
  own_folder "$home" || give_up "there is no home folder that can be written to. Set HOME to a folder of yours."
  say "there is no home folder that can be written to; $home is taken."
  export HOME=$home
  java_option "-Duser.home=$home"
}

# Whether native libraries have room in a folder, and may be run from it (it is not mounted noexec).
holds_natives() {
  own_folder "$1" || return
  local probe=$1/probe.$$ room
  { printf '#!/bin/sh\n' >"$probe" && chmod +x "$probe" && "$probe"; } 2>/dev/null
  local runs=$?
  rm -f "$probe"
  room=$(($(df -Pk "$1" | awk 'END {print $4}') + $(du -sk "$1" | cut -f1)))
  [ $runs -eq 0 ] && [ "$room" -ge 600000 ]
}

need_room_for_natives() {
  [[ ${JDK_JAVA_OPTIONS:-} == *javacpp.cachedir* ]] && return
  local usual=$HOME/.javacpp folder
  for folder in "$usual" "${TMPDIR:-/tmp}/anogan-$(id -u)/natives" "/var/tmp/anogan-$(id -u)/natives" "$here/../data/natives"; do
    holds_natives "$folder" || continue
    if [ "$folder" != "$usual" ]; then
      say "$usual has no room for native libraries, or they may not be run from there; $folder is taken."
      java_option "-Dorg.bytedeco.javacpp.cachedir=$folder"
      java_option "-Djna.tmpdir=$folder"
    fi
    return
  done
  return 0   # the program that loads them says what is wrong
}

# In the plain C locale Java cannot open files whose names have umlauts.
need_utf8() {
  [ "$(locale charmap 2>/dev/null)" = ANSI_X3.4-1968 ] || return 0
  local utf8
  utf8=$(locale -a 2>/dev/null | grep -iE '^(C|en_US)\.utf-?8$' | head -n 1) || true
  if [ -n "$utf8" ]; then export LC_ALL=$utf8; fi
}

# The proxies of the environment as settings of Maven, which knows nothing of these variables; JBang fetches as Maven does. Names and passwords stay in the
# environment.
proxy_settings() {
  local protocol proxy direct entries="" settings=$1/conf/settings.xml
  direct=${no_proxy:-${NO_PROXY:-}}
  direct=$(printf '%s' "$direct" | tr -s ', ' '\n\n' | sed -E '/^$/d; s/^\*?\.(.+)/\1/; /^(\*|[0-9.]+)$/!s/.*/&|*.&/' | paste -s -d '|' -)
  for protocol in http https; do
    proxy=$(eval "printf %s \"\${${protocol}_proxy:-}\"")
    if [ $protocol = https ]; then proxy=${proxy:-${HTTPS_PROXY:-}}; fi
    proxy=${proxy:-${all_proxy:-${ALL_PROXY:-}}}
    [ -n "$proxy" ] && [[ $proxy != socks* ]] || continue
    if ! [[ $proxy =~ ^(https?://)?(([^/]*)@)?([A-Za-z0-9._-]+|\[[0-9A-Fa-f:]+\])(:([0-9]+))?/?$ ]]; then
      say "the proxy for $protocol in the environment is none like http://name:password@proxy.example.org:3128; nothing is fetched through it."
      continue
    fi
    entries+="<proxy><id>$protocol</id><active>true</active><protocol>$protocol</protocol><host>${BASH_REMATCH[4]}</host><port>${BASH_REMATCH[6]:-80}</port>"
    if [ -n "${BASH_REMATCH[3]}" ]; then
      entries+="<username>\${env.ANOGAN_${protocol}_NAME}</username><password>\${env.ANOGAN_${protocol}_PASSWORD}</password>"
      export "ANOGAN_${protocol}_NAME=$(unescaped "${BASH_REMATCH[3]%%:*}")" "ANOGAN_${protocol}_PASSWORD=$(unescaped "${BASH_REMATCH[3]#*:}")"
    fi
    entries+="<nonProxyHosts>$direct</nonProxyHosts></proxy>"
  done
  [ -n "$entries" ] || return 1
  mkdir -p "${settings%/*}" && printf '<settings><proxies>%s</proxies></settings>\n' "$entries" >"$settings.$$" && mv "$settings.$$" "$settings"
}

# p%40ss as p@ss.
unescaped() { local text=${1//\\/\\\\}; printf '%b' "${text//%/\\x}"; }
