"""A function for the constraint that class limits fall from the best class down."""

from django.db import migrations

FALLING = """
create function strictly_falling(numeric[]) returns boolean language sql immutable strict
parallel safe as $$
    select coalesce(bool_and($1[place] > $1[place + 1]), true)
    from generate_series(1, cardinality($1) - 1) as place
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (migrations.RunSQL(FALLING, "drop function strictly_falling(numeric[])"),)
