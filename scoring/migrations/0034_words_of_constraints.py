

import django.db.models.constraints
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('scoring', '0033_a_drive_has_an_end'),
        ('units', '0007_documents_found_by_words'),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name='block',
            name='block_position_once_in_a_period',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('period', 'position'), name='block_position_once_in_a_period', violation_error_message='Thứ tự này đã có khối khác; đề nghị tải lại.'),
        ),
        migrations.AlterConstraint(
            model_name='indicator',
            name='indicator_edition_once',
            constraint=models.UniqueConstraint(fields=('owner', 'code', 'edition'), name='indicator_edition_once', violation_error_message='Lần sửa này của chỉ tiêu vừa được ghi; đề nghị tải lại.'),
        ),
        migrations.AlterConstraint(
            model_name='indicator',
            name='indicator_is_no_part_of_itself',
            constraint=models.CheckConstraint(condition=models.Q(('part_of', models.F('code')), _negated=True), name='indicator_is_no_part_of_itself', violation_error_message='Chỉ tiêu không thể là một phần của chính nó.'),
        ),
        migrations.AlterConstraint(
            model_name='indicator',
            name='indicator_decimals_fit',
            constraint=models.CheckConstraint(condition=models.Q(('decimals__lte', 4)), name='indicator_decimals_fit', violation_error_message='Số liệu có tối đa 4 chữ số thập phân.'),
        ),
        migrations.AlterConstraint(
            model_name='indicator',
            name='indicator_is_named',
            constraint=models.CheckConstraint(condition=models.Q(('code__regex', '\\S'), ('name__regex', '\\S')), name='indicator_is_named', violation_error_message='Chỉ tiêu cần mã và tên.'),
        ),
    ]
