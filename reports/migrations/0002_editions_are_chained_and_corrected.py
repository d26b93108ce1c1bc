import datetime
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


def refuse_editions_of_the_first_seal(apps, schema_editor):
    """They hold neither criteria nor chain, and nothing published is sealed a second time."""
    if apps.get_model("reports", "Edition").objects.exists():
        raise RuntimeError(
            "Editions sealed before the chain are only in demo databases: "
            "build the demo anew (make clean)."
        )


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0001_initial'),
        ('scoring', '0005_what_was_handed_in'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(refuse_editions_of_the_first_seal, migrations.RunPython.noop),
        pgtrigger.migrations.RemoveTrigger(
            model_name='edition',
            name='sealed',
        ),
        migrations.RemoveConstraint(
            model_name='edition',
            name='edition_number_from_one',
        ),
        migrations.AddField(
            model_name='edition',
            name='corrects',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='reports.edition', verbose_name='đính chính cho'),
        ),
        migrations.AddField(
            model_name='edition',
            name='criteria',
            field=models.JSONField(default=[], verbose_name='tiêu chí của từng khối'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='edition',
            name='data_from',
            field=models.DateField(default=datetime.date(2000, 1, 1), verbose_name='số liệu từ ngày'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='edition',
            name='data_until',
            field=models.DateField(default=datetime.date(2000, 1, 1), verbose_name='số liệu đến ngày'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='edition',
            name='kind',
            field=models.CharField(choices=[('index', 'Chỉ số cải cách hành chính'), ('model', 'Mô hình bộ phận một cửa')], default='index', max_length=10, verbose_name='nội dung đánh giá'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='edition',
            name='previous',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='reports.edition', verbose_name='bản công bố ngay trước'),
        ),
        migrations.AddField(
            model_name='edition',
            name='reason',
            field=models.TextField(blank=True, verbose_name='lý do đính chính'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='edition',
            trigger=pgtrigger.compiler.Trigger(name='sealed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."band_floors" IS DISTINCT FROM (NEW."band_floors") OR OLD."band_labels" IS DISTINCT FROM (NEW."band_labels") OR OLD."corrects_id" IS DISTINCT FROM (NEW."corrects_id") OR OLD."criteria" IS DISTINCT FROM (NEW."criteria") OR OLD."data_from" IS DISTINCT FROM (NEW."data_from") OR OLD."data_until" IS DISTINCT FROM (NEW."data_until") OR OLD."decided_on" IS DISTINCT FROM (NEW."decided_on") OR OLD."decision_number" IS DISTINCT FROM (NEW."decision_number") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issuer_name" IS DISTINCT FROM (NEW."issuer_name") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."made_up" IS DISTINCT FROM (NEW."made_up") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."period_id" IS DISTINCT FROM (NEW."period_id") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."places" IS DISTINCT FROM (NEW."places") OR OLD."previous_id" IS DISTINCT FROM (NEW."previous_id") OR OLD."published_at" IS DISTINCT FROM (NEW."published_at") OR OLD."published_by_id" IS DISTINCT FROM (NEW."published_by_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."scale_total" IS DISTINCT FROM (NEW."scale_total") OR OLD."signer_authority" IS DISTINCT FROM (NEW."signer_authority") OR OLD."signer_name" IS DISTINCT FROM (NEW."signer_name") OR OLD."signer_position" IS DISTINCT FROM (NEW."signer_position") OR OLD."signer_rank" IS DISTINCT FROM (NEW."signer_rank") OR OLD."superior_name" IS DISTINCT FROM (NEW."superior_name") OR OLD."tie_rule" IS DISTINCT FROM (NEW."tie_rule") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."year" IS DISTINCT FROM (NEW."year"))', func="RAISE EXCEPTION 'sealed: %', TG_TABLE_NAME USING ERRCODE = '23514';", hash='1d6f272203d5f6be6db47af8b2a114df60e3e959', operation='UPDATE', pgid='pgtrigger_sealed_734d6', table='reports_edition', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('previous',), name='edition_chain_has_no_fork', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('corrects', None), ('number', 1), ('reason', '')), models.Q(('corrects__isnull', False), ('number__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='edition_after_the_first_corrects_with_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('index', 'model'))), name='edition_kind_known', violation_error_message='Giá trị không có trong danh mục.'),
        ),
    ]
