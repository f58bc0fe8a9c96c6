#!/bin/sh
# For /usr/local/bin/zanshin: types a command of Zanshin with the settings of zanshin.service, as its user.
set -e
export ZANSHIN_DATABASE_URL=sqlite:////var/lib/zanshin/zanshin.db
# As systemd reads them: a value is no piece of shell, for the address of a database may have & in it, and a secret $.
while read -r line || [ -n "$line" ]; do
    case $line in [A-Za-z_]*=*) ;; *) continue ;; esac
    value=${line#*=}
    case $value in
        \"*\") value=${value#\"} value=${value%\"} ;;
        \'*\') value=${value#\'} value=${value%\'} ;;
    esac
    export "${line%%=*}=$value"
done </etc/zanshin.env
cd /var/lib/zanshin
exec runuser --user=zanshin -- /opt/zanshin/bin/zanshin "$@"
