"""CloudFormation: an alarm may calculate with several metrics. MiniStack refuses such an alarm, so it is stored as an alarm
on the first of its metrics: no alarm rings on the emulator, and only its name and texts are read."""

from ministack.services.cloudformation import provisioners

from replacing import replace


def first_metric(record):
    def record_first(name, props):
        stats = [each["MetricStat"] for each in props.get("Metrics") or [] if each.get("MetricStat")]
        if not stats:
            return record(name, props)
        metric = stats[0]["Metric"]
        plain = {key: value for key, value in props.items() if key != "Metrics"}
        return record(
            name,
            {
                **plain,
                "MetricName": metric["MetricName"],
                "Namespace": metric["Namespace"],
                "Period": stats[0].get("Period", 60),
                "Statistic": stats[0].get("Stat", "Average"),
            },
        )

    return record_first


def apply():
    replace(provisioners, "_cw_metric_alarm_record", first_metric)
