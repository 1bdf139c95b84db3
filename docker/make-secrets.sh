#!/usr/bin/env bash
# Makes every secret that a cluster needs, and nothing that is there already: run it as often as you like.
#
#   docker/make-secrets.sh [-d directory] [name[,other name or address]…]…
#
# One certificate for each node named (default: quikapp1 quikapp2 quikapp3), valid for that name and what follows its commas;
# one for the database server, which is named by QUIKAPP_DATABASE_NAMES in the same way (default: postgres).
# To replace a secret move its file away and run this again; docs/operating.md says which ones must never be replaced.
set -euo pipefail
umask 077
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
directory=$here/secrets
while getopts d: option; do
  case $option in
    d) directory=$OPTARG ;;
    *) sed -n '2,9s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || set -- quikapp1 quikapp2 quikapp3
node_days=${QUIKAPP_CERTIFICATE_DAYS:-825}

# The account that reads them: that of the image when root prepares a machine, otherwise whoever runs this.
if [ "$(id -u)" = 0 ]; then
  uid=${QUIKAPP_UID:-1654} gid=${QUIKAPP_GID:-1654}
else
  uid=$(id -u) gid=$(id -g)
fi

mkdir -p "$directory/nodes" "$directory/database"
draft=$(mktemp -d "$directory/.draft.XXXXXX")
trap 'rm -rf "$draft"' EXIT

# What is half written never appears under its name, and what is there is never replaced.
keep() {
  local file=$directory/$1 mode=$2
  chmod "$mode" "$draft/new"
  [ "$(id -u)" != 0 ] || chown "$uid:$gid" "$draft/new"
  ln "$draft/new" "$file"
  rm "$draft/new"
  echo "made $file"
}

missing() { [ ! -e "$directory/$1" ]; }

quiet() { "$@" 2>"$draft/log" || { cat "$draft/log" >&2; exit 1; }; }

if missing kek.key; then
  openssl rand -base64 32 > "$draft/new"
  keep kek.key 0600
fi

if missing signing.pem; then
  quiet openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$draft/new"
  keep signing.pem 0600
fi

if missing signing.pub.pem; then
  openssl pkey -in "$directory/signing.pem" -pubout -out "$draft/new"
  keep signing.pub.pem 0640
fi

# Letters and digits only, so that a password can stand in any connection string.
for role in postgres owner app auditor backup; do
  if missing "$role.password"; then
    openssl rand -hex 24 | tr -d '\n' > "$draft/new"
    keep "$role.password" 0600
  fi
done

if missing ca.crt; then
  missing ca.key || { echo "make-secrets: $directory/ca.key has lost its ca.crt; put it back, or move the key away" >&2; exit 1; }
  quiet openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 3650 -subj "/CN=QuikApp cluster authority" \
    -addext "basicConstraints=critical,CA:TRUE,pathlen:0" -addext "keyUsage=critical,keyCertSign,cRLSign" \
    -keyout "$draft/ca.key" -out "$draft/ca.crt"
  mv "$draft/ca.key" "$draft/new" && keep ca.key 0600
  mv "$draft/ca.crt" "$draft/new" && keep ca.crt 0640
fi

alternatives() {
  local name list=() IFS=,
  for name in $1; do
    case $name in
      *[!0-9.]*) list+=("DNS:$name") ;;
      *) list+=("IP:$name") ;;
    esac
  done
  echo "${list[*]}"
}

certificate() { # FOLDER NAMES USES
  local name=${2%%,*}
  missing "$1/$name.crt" && missing "$1/$name.key" || return 0
  missing ca.key && { echo "make-secrets: a certificate for $name needs $directory/ca.key" >&2; exit 1; }
  quiet openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj "/CN=${name:0:64}" -keyout "$draft/one.key" -out "$draft/one.csr"
  {
    echo "basicConstraints=critical,CA:FALSE"
    echo "keyUsage=critical,digitalSignature"
    echo "extendedKeyUsage=$3"
    echo "subjectAltName=$(alternatives "$2")"
  } > "$draft/extensions"
  quiet openssl x509 -req -in "$draft/one.csr" -CA "$directory/ca.crt" -CAkey "$directory/ca.key" -set_serial "0x$(openssl rand -hex 16)" \
    -days "$node_days" -sha256 -extfile "$draft/extensions" -out "$draft/one.crt"
  mv "$draft/one.key" "$draft/new" && keep "$1/$name.key" 0600
  mv "$draft/one.crt" "$draft/new" && keep "$1/$name.crt" 0640
}

for names in "$@"; do certificate nodes "$names" serverAuth,clientAuth; done
# It proves who answers, and is no ticket into the cluster.
certificate database "${QUIKAPP_DATABASE_NAMES:-postgres}" serverAuth

# For the load balancer, so that it starts. Put the certificate that your users' machines trust, with its key, in its place.
if missing site.pem; then
  quiet openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 90 -subj "/CN=localhost" \
    -addext "subjectAltName=DNS:localhost,IP:127.0.0.1" -keyout "$draft/site.key" -out "$draft/site.crt"
  cat "$draft/site.crt" "$draft/site.key" > "$draft/new"
  keep site.pem 0600
fi

# Directories too belong to the account that reads; compose.yaml learns from .env which that is.
[ "$(id -u)" != 0 ] || chown "$uid:$gid" "$directory" "$directory/nodes" "$directory/database"
if [ "$directory" = "$here/secrets" ] && [ ! -e "$here/.env" ]; then
  (umask 022; printf 'QUIKAPP_UID=%s\nQUIKAPP_GID=%s\n' "$uid" "$gid" > "$here/.env")
  echo "made $here/.env"
fi
