#!/usr/bin/env bash
#
# The first guarded call: an unmodified chat server, first as it is, then with Ostiary attached. Sends it calls that are
# admitted and calls that are refused, prints each with its answer, and fails if an answer is not the one that was expected.

set -euo pipefail

usage() {
  cat <<'TEXT'
usage: samples/demo.sh [--serve] [--port PORT]

  --serve      leave the guarded server running when the calls are done, until Ctrl-C, and show what it logs
  --port PORT  the port on 127.0.0.1 of the guarded server; any free one if not given

Needs a JDK 17 or newer, Maven, curl and bash. Takes seconds, and one to five minutes more the first time, to build.
TEXT
}

serve=no
port=0
while (($# > 0)); do
  case $1 in
    --serve) serve=yes ;;
    --port)
      port=${2-}
      if ! [[ $port =~ ^[0-9]{1,5}$ ]] || ((10#$port > 65535)); then
        echo "demo.sh: --port needs a number up to 65535" >&2
        exit 2
      fi
      shift
      ;;
    -h | --help)
      usage
      exit 0
      ;;
    *)
      echo "demo.sh: there is no option $1" >&2
      usage >&2
      exit 2
      ;;
  esac
  shift
done

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
app=$root/samples/chat/target/chat.jar
agent=$root/agent/target/ostiary-agent.jar
policy=$root/samples/chat/ostiary.properties

work=$(mktemp -d "${TMPDIR:-/tmp}/ostiary-demo.XXXXXX")
server=
reader=
url=
calls=0
surprises=0

cleanup() {
  stop_server
  if [[ -n $reader ]]; then
    kill "$reader" 2>"$work/error" || true
  fi
  rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# ---- What has to be there

need() {
  local tool
  for tool in "$@"; do
    if ! command -v "$tool" >"$work/which"; then
      echo "demo.sh: $tool is needed, and is not on the PATH" >&2
      exit 1
    fi
  done
}

# Whether a jar is missing, or older than one of the sources named after it.
is_stale() {
  local jar=$1
  shift
  [[ ! -f $jar || -n $(find "$root/pom.xml" "$@" -type f -newer "$jar" -print -quit) ]]
}

build() {
  if ! is_stale "$app" "$root/samples/pom.xml" "$root"/samples/chat/{pom.xml,src/main} \
    && ! is_stale "$agent" "$root"/{filter,agent}/{pom.xml,src/main}; then
    return
  fi
  echo "Building the agent and the sample, which takes one to five minutes the first time ..."
  # Maven resets the terminal's colours when it ends, even if it has been told to use none.
  (cd "$root" && mvn -q -B -ntp -Dstyle.color=never -DskipTests package -pl agent,samples/chat -am 2>&1) \
    | LC_ALL=C sed $'s/\033\\[[0-9;]*m//g'
  touch "$app" "$agent"
}

# Whether something on this machine listens on a port.
is_taken() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>"$work/error"
}

# ---- The server

# Starts the app on 127.0.0.1, with the given port and JVM options, and waits until it answers.
start_server() {
  local on=$1 waited
  shift
  : >"$work/log"
  java "$@" -jar "$app" --port "$on" >"$work/log" 2>&1 &
  server=$!
  for ((waited = 0; waited < 600; waited++)); do
    url=$(LC_ALL=C sed -n 's/^chat: ready at \(http:[^[:space:]]*\).*/\1/p' "$work/log")
    if [[ -n $url ]] && send -f -o "$work/health" "$url/health" 2>"$work/error"; then
      return
    fi
    if ! kill -0 "$server" 2>"$work/error"; then
      break
    fi
    sleep 0.1
  done
  if grep -q 'Failed to bind\|BindException' "$work/log"; then
    echo "demo.sh: the server did not start, port $on cannot be used: $(sed -n 's/.*BindException: //p' "$work/log" | head -n 1)" >&2
    exit 1
  fi
  echo "demo.sh: the server did not start; it said:" >&2
  cat "$work/log" >&2
  exit 1
}

stop_server() {
  if [[ -n $server ]]; then
    kill "$server" 2>"$work/error" || true
    wait "$server" 2>"$work/error" || true
    server=
  fi
}

# ---- The calls

# curl without the caller's own settings and proxies.
send() {
  curl -q -sS --noproxy '*' --max-time 30 "$@"
}

part() {
  printf '\n======== %s\n' "$1"
}

# call TITLE  STATUSES TEXT  WHO PATH [BODY [HEADER]]: posts BODY once for each of the STATUSES that are expected, and prints
# the last answer, in which TEXT is expected. Without BODY it is a GET. WHO is a key, "KEY (bare)" as PAI-EAS has it, or "none".
call() {
  local title=$1 expected=$2 text=$3 who=$4 path=$5 body=${6-} header=${7-}
  local i count statuses method=GET options=(-w '%{http_code} ')
  if [[ -n $body ]]; then
    method=POST
    options+=(-H 'Content-Type: application/json' -d "$body")
  fi
  case $who in
    none) ;;
    *' (bare)') options+=(-H "Authorization: ${who% (bare)}") ;;
    *) options+=(-H "Authorization: Bearer $who") ;;
  esac
  if [[ -n $header ]]; then
    options+=(-H "$header")
  fi
  count=$(wc -w <<<"$expected")
  for ((i = 0; i < count; i++)); do
    options+=(-o "$work/body" "$url$path")
  done
  : >"$work/body"
  statuses=$(send "${options[@]}") || true
  report
}

# Prints the call that was made, and compares the answer. Its words are those of call.
report() {
  printf '\n-- %s\n> %s %s   key: %s\n' "$title" "$method" "$path" "$who"
  if [[ -n $header ]]; then
    printf '> %s\n' "$header"
  fi
  if [[ $body == @* ]]; then
    printf '> (%s bytes)\n' "$(wc -c <"${body#@}" | tr -d ' ')"
  elif [[ -n $body ]]; then
    printf '> %s\n' "$body"
  fi
  printf '< %s\n' "${statuses% }"
  LC_ALL=C awk 'length { print "< " $0 }' "$work/body"
  calls=$((calls + 1))
  if [[ ${statuses% } != "$expected" ]]; then
    surprise "$expected was expected"
  elif ! LC_ALL=C grep -qF -- "$text" "$work/body"; then
    surprise "expected in the answer: $text"
  fi
}

surprise() {
  surprises=$((surprises + 1))
  printf '!! NOT AS EXPECTED: %s\n' "$1"
}

chat() { # chat MODEL [MORE FIELDS]
  printf '{"model":"%s","messages":[{"role":"user","content":"什么是限流？"}]%s}' "$1" "${2-}"
}

unguarded_calls() {
  call "No key, and yet an answer: whoever finds the port may use the model" \
    200 '"finish_reason"' none "$maas" "$(chat qwen-max ',"max_tokens":16')"
  call "As a stream: the app leaves the charset to Jetty, and every Chinese character becomes '?'" \
    200 '{"content":"?"}' none "$maas" "$(chat qwen-max ',"max_tokens":2,"stream":true')"
  call "As plain text: the same" \
    200 '?' none /v1/tokenize '{"text":"限流就是放一个水桶"}'
}

admitted_calls() {
  call "Admitted" \
    200 '限流' demo-key-gold "$maas" "$(chat qwen-max ',"max_tokens":48')"
  call "Admitted, as a stream: the same app, and the Chinese arrives" \
    200 '{"content":"限' demo-key-gold "$maas" \
    "$(chat qwen-max ',"max_tokens":3,"stream":true,"stream_options":{"include_usage":true}')"
  call "Admitted, plain text" \
    200 '水' demo-key-gold /v1/tokenize '{"text":"限流就是放一个水桶"}'
  call "Open to everybody by the policy: the list of models" \
    200 '"qwen-max"' none /v1/models
}

refused_calls() {
  local short=',"max_tokens":4'
  call "No key" \
    400 'ModelArts.81002' none "$maas" "$(chat qwen-max "$short")"
  call "A wrong key" \
    401 'ModelArts.81003' demo-key-wrong "$maas" "$(chat qwen-max "$short")"
  call "A key for the office's network, used from elsewhere" \
    401 'Invalid client ip 127.0.0.1, rejected by api key ip allowlist setting.' \
    demo-key-office "$maas" "$(chat qwen-max "$short")"
  call "The same, through the load balancer, from the office" \
    200 '"finish_reason"' demo-key-office "$maas" "$(chat qwen-max "$short")" \
    'X-Forwarded-For: 203.0.113.9'
  call "The same, with an address that the caller made up before the one that the load balancer saw" \
    401 'Invalid client ip 198.51.100.7, rejected by api key ip allowlist setting.' \
    demo-key-office "$maas" "$(chat qwen-max "$short")" 'X-Forwarded-For: 203.0.113.9, 198.51.100.7'
  call "A model that does not exist" \
    404 'ModelArts.81009' demo-key-gold "$maas" "$(chat gpt-9 "$short")"
  call "A model that is not on the key's list" \
    401 'Invalid model qwen-max, rejected by api key model allowlist setting.' \
    demo-key-small "$maas" "$(chat qwen-max "$short")"
  call "A custom endpoint that is not on the key's list" \
    401 'Invalid custom endpoint team-a, rejected by api key custom endpoint allowlist setting.' \
    demo-key-partner "$maas" "$(chat team-a "$short")"
  head -c 70000 /dev/zero | tr '\0' ' ' >"$work/large"
  call "A body over 64 KiB" \
    413 'Invalid request body, exceeds the maximum size 64KiB.' demo-key-gold "$maas" "@$work/large"
}

limited_calls() {
  call "Three calls in a row, two a second" \
    '200 200 429' 'Too many requests, the rate limit is 2 times per second.' \
    demo-key-qps "$maas" "$(chat qwen2.5-7b ',"max_tokens":1')"
  call "Three calls, two a minute" \
    '200 200 429' 'Too many requests, the rate limit is 2 times per minute.' \
    demo-key-rpm "$maas" "$(chat qwen2.5-7b ',"max_tokens":4')"
  call "Two calls of up to 200 tokens, 240 tokens a minute" \
    '200 429' 'Too many requests, the rate limit is 240 tokens per minute.' \
    demo-key-tpm "$maas" "$(chat qwen-max ',"max_tokens":200')"
}

other_vendors() {
  local studio=/compatible-mode/v1/chat/completions eas=/api/predict/chat/v1/chat/completions
  local short=',"max_tokens":4'
  call "Model Studio: a wrong key" \
    401 'InvalidApiKey' demo-key-wrong "$studio" "$(chat qwen-max "$short")"
  call "Model Studio: a model that is not on the key's list" \
    403 'Model.AccessDenied' demo-key-small "$studio" "$(chat qwen-max "$short")"
  call "Model Studio: two calls a minute, used up above" \
    429 'Throttling.RateQuota' demo-key-rpm "$studio" "$(chat qwen2.5-7b "$short")"
  call "PAI-EAS: admitted, with the key as its clients send it" \
    200 '"finish_reason"' 'demo-key-gold (bare)' "$eas" "$(chat qwen2.5-7b "$short")"
  call "PAI-EAS: a wrong key" \
    401 'Service authentication failed' 'demo-key-wrong (bare)' "$eas" "$(chat qwen2.5-7b "$short")"
  call "PAI-EAS: a model that exists, but not in this service" \
    404 'qwen-max' 'demo-key-gold (bare)' "$eas" "$(chat qwen-max "$short")"
}

how_to_call() {
  cat <<TEXT

The guarded server goes on at $url (process $server). In another terminal:

  curl $url$maas \\
    -H 'Authorization: Bearer demo-key-gold' -H 'Content-Type: application/json' \\
    -d '$(chat qwen-max)'

Keys: demo-key-{gold,office,small,partner,qps,rpm,tpm}. Models: qwen-max, deepseek-v3, qwen2.5-7b.
Edit samples/chat/ostiary.properties, and it counts within a second, or the server's log says why not. Ctrl-C ends the server.

What the server logs:
TEXT
}

# Shows what the server has logged since it was started, and goes on until it ends.
serve() {
  how_to_call
  tail -n +1 -f "$work/log" &
  reader=$!
  wait "$server" || true
}

maas=/v1/chat/completions
need java mvn curl
if ((10#$port != 0)) && is_taken "$port"; then
  echo "demo.sh: port $port is taken; name another, or none for any that is free" >&2
  exit 1
fi
build

part "The app as it is"
start_server 0
unguarded_calls
stop_server

part "The same app, started with -javaagent:agent/target/ostiary-agent.jar=samples/chat/ostiary.properties"
start_server "$port" "-javaagent:$agent=$policy"
sed -n '/^ostiary/p' "$work/log"

part "Admitted"
admitted_calls
part "Refused, in the words of Huawei ModelArts"
refused_calls
part "Limited"
limited_calls
part "The same rules in the words of others, by path"
other_vendors

printf '\n'
if ((surprises > 0)); then
  echo "$surprises of $calls answers were not as expected."
else
  echo "All $calls answers were as expected."
fi

if [[ $serve == yes ]]; then
  serve
fi
((surprises == 0))
