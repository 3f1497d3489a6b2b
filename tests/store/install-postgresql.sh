#!/usr/bin/env bash
# Installs the PostgreSQL of Debian or Ubuntu for tests/store, unless there is one. Its own server isn't started.
set -euo pipefail

if command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then
    exit
fi
if [[ $(id -u) != 0 ]] || ! command -v apt-get >/dev/null; then
    echo "left out, because it takes root and apt-get: postgresql" >&2
    exit
fi
export DEBIAN_FRONTEND=noninteractive
mkdir -p /etc/postgresql-common/createcluster.d
echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.d/newsfeed.conf
timeout 60 apt-get update -qq || echo "apt-get update failed; trying with the lists that are here" >&2
timeout 240 apt-get install -qq --no-install-recommends -o DPkg::Lock::Timeout=60 postgresql >/dev/null
