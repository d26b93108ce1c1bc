"""Errands a killed worker had in hand: the broker would give them back only after a long wait."""

from celery import Celery

from cchc_portal.kit.addresses import broker_address


def give_back(redis_url: str) -> int:
    """Put errands taken but not acknowledged back into the queue; says how many.

    Only for a moment when no worker runs: an errand in living hands would be done twice.
    """
    with Celery(broker=broker_address(redis_url), set_as_current=False).connection() as connection:
        channel = connection.default_channel
        channel.client.delete(channel.unacked_mutex_key)
        taken = channel.client.zrange(channel.unacked_index_key, 0, -1)
        for tag in taken:
            channel.qos.restore_by_tag(tag)
    return len(taken)
