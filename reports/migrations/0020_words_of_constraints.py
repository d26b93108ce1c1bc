

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0019_people_who_rated'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name='letterchoice',
            name='letter_choice_hour_of_a_day',
            constraint=models.CheckConstraint(condition=models.Q(('hour__lte', 23)), name='letter_choice_hour_of_a_day', violation_error_message='Giờ gửi thư từ 0 đến 23 giờ.'),
        ),
    ]
