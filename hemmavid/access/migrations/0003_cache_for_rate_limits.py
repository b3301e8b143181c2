"""The shared cache behind the login's rate limits, in the database so that all workers count together."""

from django.db import migrations

CREATE = [
    """create table hemmavid_cache (
           cache_key varchar(255) primary key, value text not null, expires timestamptz not null)""",
    "create index hemmavid_cache_expires on hemmavid_cache (expires)",
]


class Migration(migrations.Migration):
    dependencies = [("access", "0002_initial")]

    operations = [migrations.RunSQL(sql=CREATE, reverse_sql="drop table hemmavid_cache")]
