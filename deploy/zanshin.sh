#!/bin/sh
# For /usr/local/bin/zanshin: types a command of Zanshin with the settings of zanshin.service, as its user.
set -ae
ZANSHIN_DATABASE_URL=sqlite:////var/lib/zanshin/zanshin.db
. /etc/zanshin.env
cd /var/lib/zanshin
exec runuser --user=zanshin -- /opt/zanshin/bin/zanshin "$@"
