"""Conferences, what was raised at them, where it went, what they decided, what is public."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0004_yearly_plans'),
        ('units', '0005_documents_by_their_bytes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Conference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300, verbose_name='tên hội nghị')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('review', 'Tổng kết'), ('announcement', 'Công bố'), ('pledge', 'Ký cam kết'), ('dialogue', 'Đối thoại'), ('training', 'Tập huấn')], max_length=14), size=None, verbose_name='hội nghị để')),
                ('plan_number', models.CharField(blank=True, max_length=60, verbose_name='số kế hoạch')),
                ('plan_on', models.DateField(blank=True, null=True, verbose_name='ngày kế hoạch')),
                ('held_on', models.DateField(verbose_name='ngày họp')),
                ('starts', models.TimeField(blank=True, null=True, verbose_name='bắt đầu')),
                ('ends', models.TimeField(blank=True, null=True, verbose_name='kết thúc')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='địa điểm')),
                ('online', models.BooleanField(default=False, verbose_name='có họp trực tuyến')),
                ('points', models.TextField(blank=True, max_length=2000, verbose_name='các điểm cầu')),
                ('chair', models.CharField(blank=True, max_length=160, verbose_name='chủ trì')),
                ('chair_post', models.CharField(blank=True, max_length=120, verbose_name='chức vụ người chủ trì')),
                ('secretary', models.CharField(blank=True, max_length=160, verbose_name='thư ký')),
                ('answer_by', models.DateField(blank=True, null=True, verbose_name='hạn trả lời các ý kiến')),
                ('proceedings', models.TextField(blank=True, max_length=20000, verbose_name='diễn biến hội nghị')),
                ('conclusion', models.TextField(blank=True, max_length=10000, verbose_name='kết luận chung')),
                ('state', models.CharField(choices=[('planned', 'Dự kiến'), ('held', 'Đã tổ chức'), ('followed', 'Đang theo dõi kết luận'), ('closed', 'Đã kết thúc'), ('cancelled', 'Không tổ chức')], default='planned', max_length=10, verbose_name='trạng thái')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='phiên bản')),
                ('heading_version', models.PositiveIntegerField(default=1, verbose_name='phiên bản thông tin chung')),
                ('made_up', models.BooleanField(default=False, verbose_name='dữ liệu minh họa')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='thời điểm ký biên bản')),
                ('minutes', models.JSONField(blank=True, null=True, verbose_name='biên bản đã ký')),
                ('collect_key', models.CharField(blank=True, max_length=32, verbose_name='khóa liên kết nhận ý kiến')),
                ('collect_until', models.DateField(blank=True, null=True, verbose_name='nhận ý kiến đến ngày')),
                ('above', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conferences_below', to='units.unit', verbose_name='cấp trên trực tiếp')),
                ('papers', models.ManyToManyField(blank=True, related_name='conferences', to='units.document', verbose_name='tài liệu')),
                ('signed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conferences', to='units.unit', verbose_name='đơn vị tổ chức')),
            ],
            options={
                'verbose_name': 'hội nghị',
                'verbose_name_plural': 'hội nghị',
                'ordering': ('-held_on', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('planned', 'held', 'followed', 'closed', 'cancelled'))), name='conference_state_known', violation_error_message='Giá trị không có trong danh mục.'), models.CheckConstraint(condition=models.Q(('kinds__contained_by', ['review', 'announcement', 'pledge', 'dialogue', 'training']), ('kinds__len__gt', 0)), name='conference_has_kinds', violation_error_message='Đề nghị chọn ít nhất một loại hội nghị.'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='conference_has_a_title', violation_error_message='Đề nghị ghi tên hội nghị.'), models.CheckConstraint(condition=models.Q(models.Q(('place', ''), _negated=True), ('online', True), _connector='OR'), name='conference_is_somewhere', violation_error_message='Đề nghị ghi địa điểm, hoặc chọn họp trực tuyến.'), models.CheckConstraint(condition=models.Q(('points', ''), ('online', True), _connector='OR'), name='conference_points_are_online', violation_error_message='Có điểm cầu thì đề nghị chọn họp trực tuyến.'), models.CheckConstraint(condition=models.Q(('held_on__gte', models.F('plan_on')), ('answer_by__gte', models.F('held_on'))), name='conference_days_in_order', violation_error_message='Ngày kế hoạch không thể sau ngày họp, hạn trả lời không thể trước ngày họp.'), models.CheckConstraint(condition=models.Q(('ends__gte', models.F('starts'))), name='conference_hours_in_order', violation_error_message='Giờ kết thúc không thể trước giờ bắt đầu.'), models.CheckConstraint(condition=models.Q(models.Q(('minutes__isnull', False), ('signed_at__isnull', False), ('signed_by__isnull', False), ('state__in', ('followed', 'closed'))), models.Q(models.Q(('state__in', ('followed', 'closed')), _negated=True), ('minutes__isnull', True), ('signed_at', None), ('signed_by', None)), _connector='OR'), name='conference_signature_agrees_with_state'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('followed', 'closed')), _negated=True), models.Q(models.Q(('chair', ''), _negated=True), models.Q(('secretary', ''), _negated=True)), _connector='OR'), name='conference_minutes_have_chair_and_secretary'), models.CheckConstraint(condition=models.Q(('collect_until', None), models.Q(models.Q(('collect_key', ''), _negated=True), ('collect_until__lte', models.F('held_on'))), _connector='OR'), name='conference_collecting_is_whole', violation_error_message='Ngày ngừng nhận không thể sau ngày họp.'), models.UniqueConstraint(condition=models.Q(('collect_key', ''), _negated=True), fields=('collect_key',), name='conference_collect_key_once')],
            },
        ),
        migrations.CreateModel(
            name='DialogueItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='số thứ tự')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='khóa gửi')),
                ('kind', models.CharField(choices=[('opinion', 'Ý kiến'), ('question', 'Câu hỏi'), ('proposal', 'Kiến nghị')], max_length=8, verbose_name='loại')),
                ('text', models.TextField(max_length=2000, verbose_name='nội dung')),
                ('area', models.CharField(blank=True, choices=[('direction', 'Chỉ đạo, điều hành'), ('institutions', 'Cải cách thể chế'), ('procedures', 'Cải cách thủ tục hành chính'), ('apparatus', 'Cải cách tổ chức bộ máy'), ('civil_service', 'Cải cách chế độ công vụ'), ('finance', 'Cải cách tài chính công'), ('digital', 'Chính quyền điện tử, chính quyền số')], max_length=20, verbose_name='lĩnh vực')),
                ('speaker', models.CharField(choices=[('officer', 'Cán bộ, chiến sĩ'), ('citizen', 'Công dân'), ('enterprise', 'Doanh nghiệp'), ('organisation', 'Cơ quan, đoàn thể')], max_length=14, verbose_name='người nêu')),
                ('speaker_name', models.CharField(blank=True, max_length=160, verbose_name='họ tên, nơi công tác')),
                ('source', models.CharField(choices=[('live', 'Nêu tại hội nghị'), ('sent', 'Gửi trước')], default='live', max_length=5, verbose_name='nguồn')),
                ('kept_private', models.BooleanField(default=False, verbose_name='không công khai nội dung')),
                ('state', models.CharField(choices=[('received', 'Chờ trả lời'), ('answered', 'Đã trả lời'), ('accepted', 'Thành nhiệm vụ'), ('escalated', 'Chuyển cấp trên'), ('replied', 'Cấp trên đã trả lời'), ('withdrawn', 'Đã rút'), ('discarded', 'Không tiếp nhận'), ('ended', 'Đã kết thúc')], default='received', max_length=10, verbose_name='kết quả')),
                ('answer', models.TextField(blank=True, max_length=10000, verbose_name='nội dung trả lời')),
                ('answered_by', models.CharField(blank=True, max_length=160, verbose_name='người trả lời')),
                ('answered_on', models.DateField(blank=True, null=True, verbose_name='ngày trả lời')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='phiên bản')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='thời điểm ghi')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='commitments.conference')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('split_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='commitments.dialogueitem')),
            ],
            options={
                'verbose_name': 'ý kiến tại hội nghị',
                'verbose_name_plural': 'ý kiến tại hội nghị',
                'ordering': ('conference', 'number'),
                'constraints': [models.UniqueConstraint(fields=('conference', 'number'), name='item_number_once_in_a_conference'), models.CheckConstraint(condition=models.Q(('kind__in', ('opinion', 'question', 'proposal'))), name='item_kind_known', violation_error_message='Giá trị không có trong danh mục.'), models.CheckConstraint(condition=models.Q(('speaker__in', ('officer', 'citizen', 'enterprise', 'organisation'))), name='item_speaker_known', violation_error_message='Giá trị không có trong danh mục.'), models.CheckConstraint(condition=models.Q(('source__in', ('live', 'sent'))), name='item_source_known', violation_error_message='Giá trị không có trong danh mục.'), models.CheckConstraint(condition=models.Q(('state__in', ('received', 'answered', 'accepted', 'escalated', 'replied', 'withdrawn', 'discarded', 'ended'))), name='item_state_known', violation_error_message='Giá trị không có trong danh mục.'), models.CheckConstraint(condition=models.Q(('area__in', ('', 'direction', 'institutions', 'procedures', 'apparatus', 'civil_service', 'finance', 'digital'))), name='item_area_known'), models.CheckConstraint(condition=models.Q(('text__regex', '\\S')), name='item_says_something', violation_error_message='Đề nghị ghi nội dung ý kiến.'), models.CheckConstraint(condition=models.Q(('entered_by__isnull', False), ('source', 'sent'), _connector='OR'), name='item_typed_by_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_by', ''), ('answered_on', None)), models.Q(models.Q(('answer', ''), _negated=True), models.Q(('answered_by', ''), _negated=True), ('answered_on__isnull', False)), _connector='OR'), name='item_answer_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), models.Q(('answer', ''), _negated=True), _connector='OR'), name='item_answered_has_an_answer')],
            },
        ),
        migrations.CreateModel(
            name='ConferenceTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='số thứ tự')),
                ('text', models.TextField(max_length=2000, verbose_name='nội dung')),
                ('person', models.CharField(blank=True, max_length=160, verbose_name='người phụ trách')),
                ('due_on', models.DateField(verbose_name='thời hạn')),
                ('state', models.CharField(choices=[('under_way', 'Đang thực hiện'), ('done', 'Hoàn thành'), ('not_done', 'Không hoàn thành'), ('removed', 'Đã bỏ')], default='under_way', max_length=10, verbose_name='tình trạng')),
                ('result', models.TextField(blank=True, max_length=2000, verbose_name='kết quả thực hiện')),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='ngày hoàn thành')),
                ('reported_at', models.DateTimeField(blank=True, null=True, verbose_name='thời điểm báo cáo')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='phiên bản')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='commitments.conference')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conference_tasks', to='units.unit', verbose_name='đơn vị chủ trì')),
                ('proofs', models.ManyToManyField(blank=True, related_name='conference_tasks', to='units.document')),
                ('reported_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='commitments.dialogueitem')),
            ],
            options={
                'verbose_name': 'nhiệm vụ của hội nghị',
                'verbose_name_plural': 'nhiệm vụ của hội nghị',
                'ordering': ('conference', 'number'),
                'constraints': [models.UniqueConstraint(fields=('conference', 'number'), name='conclusion_number_once_in_a_conference'), models.UniqueConstraint(condition=models.Q(('state', 'removed'), _negated=True), fields=('item',), name='conclusion_once_of_an_item'), models.CheckConstraint(condition=models.Q(('state__in', ('under_way', 'done', 'not_done', 'removed'))), name='conclusion_state_known', violation_error_message='Giá trị không có trong danh mục.'), models.CheckConstraint(condition=models.Q(('text__regex', '\\S')), name='conclusion_says_something'), models.CheckConstraint(condition=models.Q(models.Q(('reported_at__isnull', True), ('reported_by__isnull', True)), models.Q(('reported_at__isnull', False), ('reported_by__isnull', False)), _connector='OR'), name='conclusion_report_is_whole', violation_error_message='Thông tin chưa đầy đủ.'), models.CheckConstraint(condition=models.Q(models.Q(('done_on', None), ('reported_at', None), ('result', ''), ('state__in', ('under_way', 'removed'))), models.Q(('done_on__isnull', False), ('reported_at__isnull', False), ('state', 'done'), models.Q(('result', ''), _negated=True)), models.Q(('done_on', None), ('reported_at__isnull', False), ('state', 'not_done'), models.Q(('result', ''), _negated=True)), _connector='OR'), name='conclusion_result_agrees_with_state')],
            },
        ),
        migrations.CreateModel(
            name='ConferenceEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(max_length=30, verbose_name='việc')),
                ('source', models.CharField(blank=True, max_length=30, verbose_name='từ trạng thái')),
                ('target', models.CharField(blank=True, max_length=30, verbose_name='sang trạng thái')),
                ('comment', models.TextField(blank=True, verbose_name='ghi chú')),
                ('happened_at', models.DateTimeField(auto_now_add=True, verbose_name='thời điểm')),
                ('about', models.CharField(blank=True, max_length=520, verbose_name='về việc')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người thực hiện')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='commitments.conference')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='commitments.conferencetask')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='commitments.dialogueitem')),
            ],
            options={
                'verbose_name': 'nhật ký hội nghị',
                'verbose_name_plural': 'nhật ký hội nghị',
                'ordering': ('-happened_at', '-pk'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DialogueRelease',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='lần')),
                ('content', models.JSONField(verbose_name='nội dung công khai')),
                ('released_at', models.DateTimeField(auto_now_add=True, verbose_name='thời điểm công khai')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='commitments.conference')),
                ('released_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'bảng ý kiến công khai',
                'verbose_name_plural': 'bảng ý kiến công khai',
                'ordering': ('conference', '-number'),
                'constraints': [models.UniqueConstraint(fields=('conference', 'number'), name='release_number_once_in_a_conference')],
            },
        ),
        migrations.AddField(
            model_name='conference',
            name='release',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.dialoguerelease', verbose_name='bảng đang công khai'),
        ),
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60, verbose_name='số văn bản')),
                ('sent_on', models.DateField(verbose_name='ngày văn bản')),
                ('due_on', models.DateField(verbose_name='hạn trả lời')),
                ('reason', models.TextField(blank=True, max_length=2000, verbose_name='lý do chuyển')),
                ('state', models.CharField(choices=[('awaiting', 'Chờ cấp trên trả lời'), ('passed_on', 'Đã chuyển tiếp'), ('replied', 'Đã trả lời'), ('turned_back', 'Trả lại đơn vị'), ('recalled', 'Đơn vị thôi chuyển')], default='awaiting', max_length=11, verbose_name='trạng thái')),
                ('reply', models.TextField(blank=True, max_length=10000, verbose_name='nội dung trả lời')),
                ('reply_number', models.CharField(blank=True, max_length=60, verbose_name='số văn bản trả lời')),
                ('replied_on', models.DateField(blank=True, null=True, verbose_name='ngày trả lời')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='phiên bản')),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='đơn vị chuyển')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='commitments.dialogueitem')),
                ('passed_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='passed_to', to='commitments.escalation')),
                ('replied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='escalations_received', to='units.unit', verbose_name='chuyển đến đơn vị')),
            ],
            options={
                'verbose_name': 'ý kiến chuyển cấp trên',
                'verbose_name_plural': 'ý kiến chuyển cấp trên',
                'ordering': ('item', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('awaiting', 'passed_on', 'replied', 'turned_back', 'recalled'))), name='escalation_state_known', violation_error_message='Giá trị không có trong danh mục.'), models.UniqueConstraint(condition=models.Q(('passed_from', None), ('state__in', ('awaiting', 'passed_on'))), fields=('item',), name='escalation_under_way_once_for_an_item'), models.UniqueConstraint(condition=models.Q(('state__in', ('awaiting', 'passed_on'))), fields=('passed_from',), name='escalation_passed_on_once_at_a_time'), models.CheckConstraint(condition=models.Q(('from_unit', models.F('to_unit')), _negated=True), name='escalation_is_sent_to_another'), models.CheckConstraint(condition=models.Q(('number', ''), _negated=True), name='escalation_has_a_number'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('sent_on'))), name='escalation_days_in_order', violation_error_message='Hạn trả lời không thể trước ngày văn bản.'), models.CheckConstraint(condition=models.Q(models.Q(('replied_by__isnull', True), ('replied_on__isnull', True)), models.Q(('replied_by__isnull', False), ('replied_on__isnull', False)), _connector='OR'), name='escalation_reply_is_whole', violation_error_message='Thông tin chưa đầy đủ.'), models.CheckConstraint(condition=models.Q(models.Q(('replied_on__isnull', False), ('state', 'replied'), models.Q(('reply', ''), _negated=True)), models.Q(models.Q(('state', 'replied'), _negated=True), ('replied_on', None), ('reply', '')), _connector='OR'), name='escalation_reply_agrees_with_state')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('guest', 'Lãnh đạo, đại biểu mời'), ('officer', 'Cán bộ, chiến sĩ'), ('citizen', 'Công dân'), ('enterprise', 'Doanh nghiệp'), ('organisation', 'Cơ quan, đoàn thể')], max_length=14, verbose_name='thành phần')),
                ('number', models.PositiveIntegerField(verbose_name='số người')),
                ('conference', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendance', to='commitments.conference')),
            ],
            options={
                'verbose_name': 'thành phần dự',
                'verbose_name_plural': 'thành phần dự',
                'constraints': [models.UniqueConstraint(fields=('conference', 'kind'), name='attendance_kind_once_in_a_conference'), models.CheckConstraint(condition=models.Q(('kind__in', ('guest', 'officer', 'citizen', 'enterprise', 'organisation'))), name='attendance_kind_known', violation_error_message='Giá trị không có trong danh mục.'), models.CheckConstraint(condition=models.Q(('number__gt', 0), ('number__lte', 100000)), name='attendance_of_somebody')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='conferenceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = '23514';", hash='dd4f2b41bf4ca3b6fc8e52809e875374de51782f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7ee1f', table='commitments_conferenceevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='conferenceevent',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = '23514';", hash='189b5e28e284974f20866edbcbbf6816858a75b1', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0a7b9', table='commitments_conferenceevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dialoguerelease',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = '23514';", hash='a5222808d4828148e0417b8265a9f936c9d18d16', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a9d13', table='commitments_dialoguerelease', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='dialoguerelease',
            trigger=pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = '23514';", hash='599a78f21c3091c502d31286520a788c91aa4483', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f2307', table='commitments_dialoguerelease', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='conference',
            constraint=models.CheckConstraint(condition=models.Q(('release', None), ('state__in', ('followed', 'closed')), _connector='OR'), name='conference_released_is_minuted'),
        ),
    ]
