"""Plans remember the order they came in: the first row of a day goes first (contract.md section 5)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("care_plans", "0003_row_security")]

    operations = [
        migrations.RunSQL(
            sql="create sequence care_plan_number", reverse_sql="drop sequence care_plan_number"
        ),
        migrations.AddField(
            model_name="approvedplan",
            name="number",
            field=models.BigIntegerField(
                editable=False,
                db_default=models.Func(models.Value("care_plan_number"), function="nextval"),
                help_text="Ordningen planerna kom in: den första raden på en dag går före"
                " (contract.md, avsnitt 5).",
            ),
        ),
    ]
