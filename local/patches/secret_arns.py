"""CloudFormation: `Ref` of a secret is its ARN, as roles and functions are told it. MiniStack says its name."""

from ministack.services.cloudformation import provisioners


def created(create):
    def create_by_arn(logical_id, props, stack_name):
        _, attributes = create(logical_id, props, stack_name)
        return attributes["Arn"], attributes

    return create_by_arn


def name_in(arn):
    return arn.split(":secret:")[-1].rpartition("-")[0]


def updated(update):
    def update_by_arn(arn, *args, **named):
        _, attributes = update(name_in(arn), *args, **named)
        return attributes["Arn"], attributes

    return update_by_arn


def deleted(delete):
    return lambda arn, props: delete(name_in(arn), props)


def apply():
    handlers = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]
    for action, patch in (("create", created), ("update", updated), ("delete", deleted)):
        handlers[action] = patch(handlers[action])
