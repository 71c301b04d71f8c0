"""Records that are written and moved at random, and what is true of them."""

from __future__ import annotations

import json
import random

from django.db import transaction
from landregistry.models import Party, Project

from jsonattrs_django.errors import AttributeUniqueError
from jsonattrs_django.uniqueness.mending import records
from tests.django.indexes import execute
from tests.django.stored import plainly_stored, store


class World:
    """Records that are written and moved at random, and what is true of them."""

    def __init__(self, seed, offices, mode):
        self.chance = random.Random(seed)
        self.offices = offices
        self.mode = mode
        self.projects = [
            Project.objects.create(organization=self.chance.choice(offices), slug=f"w{number}", name="W")
            for number in range(5)
        ]
        self.happened = []

    def act(self, moves_projects):
        """Do something at random; what is refused is refused with reason, or not again."""
        acts = [
            *(self.insert, self.insert, self.insert_in_bulk, self.change, self.change, self.change_constructed),
            *(self.change_many, self.change_in_bulk, self.change_in_bulk),
            *(self.move, self.move_constructed, self.move_in_bulk, self.move_several, self.move_and_change),
        ]
        act = self.chance.choice([*acts, self.move_project, self.save_project] if moves_projects else acts)
        write = act()
        if write is None:
            return
        for _ in range(2):
            try:
                with self.mode():
                    write()
            except AttributeUniqueError:
                if write.has_reason_to_be_refused():
                    self.happened.append("refused")
                    return
            else:
                self.happened.append(act.__name__)
                return
        raise AssertionError(f"{act.__name__} was refused twice, and no other record has the values")

    def values(self):
        return {
            name: self.chance.choice(["1", "2", "3", None])
            for name in self.chance.sample(["phone", "x", "y"], self.chance.randint(1, 3))
        }

    def some(self):
        pks = [*Party.objects.order_by("pk").values_list("pk", flat=True)]
        return Party.objects.get(pk=self.chance.choice(pks)) if pks else None

    def insert(self):
        project, values = self.chance.choice(self.projects), self.values()
        return Write(lambda: Party(project_id=project.pk, attrs=values).save(), [(None, project.pk, values)])

    def change(self):
        record, values = self.some(), self.values()
        if record is None:
            return None

        def write():
            record = Party.objects.get(pk=pk)
            record.attrs.update(values)
            record.save()

        pk = record.pk
        return Write(write, [(pk, record.project_id, values)])

    def insert_in_bulk(self):
        rows = [(None, self.chance.choice(self.projects).pk, self.values()) for _ in range(3)]
        manager = self.chance.choice([Party.objects, Party._base_manager])

        def write():
            manager.bulk_create([Party(project_id=project, attrs=values) for _, project, values in rows])

        return Write(write, rows)

    def change_constructed(self):
        """Save a record that was not read: values that are left out go."""
        record, values = self.some(), self.values()
        if record is None:
            return None
        pk, project = record.pk, record.project_id
        every = {**dict.fromkeys(["phone", "x", "y"]), **values}
        return Write(lambda: Party(pk=pk, project_id=project, attrs=values).save(), [(pk, project, every)])

    def change_many(self):
        pks = self.several()
        values = self.values()
        return Write(
            lambda: Party.objects.filter(pk__in=pks).update_attributes(values), [(pk, None, values) for pk in pks]
        )

    def several(self):
        return sorted({record.pk for record in (self.some(), self.some(), self.some()) if record is not None})

    def change_in_bulk(self):
        pks = self.several()
        values = {pk: self.values() for pk in pks}
        size = self.chance.choice([None, 1])

        def write():
            records = [*Party.objects.filter(pk__in=pks)]
            for record in records:
                record.attrs.update(values[record.pk])
            Party.objects.bulk_update(records, ["attrs"], batch_size=size)

        return Write(write, [(pk, None, values[pk]) for pk in pks], may_exchange=True)

    def move(self):
        record, project = self.some(), self.chance.choice(self.projects)
        if record is None:
            return None

        def write():
            record = Party.objects.get(pk=pk)
            record.project = Project.objects.get(pk=project.pk)
            record.save(update_fields=self.chance.choice([None, ["project"]]))

        pk = record.pk
        return Write(write, [(pk, project.pk, {})])

    def move_constructed(self):
        record, project = self.some(), self.chance.choice(self.projects)
        if record is None:
            return None
        pk = record.pk
        return Write(lambda: Party(pk=pk, project_id=project.pk, name="moved").save(), [(pk, project.pk, {})])

    def move_several(self):
        """Move records in one bulk_update, and change them with it or not."""
        pks = self.several()
        rows = [(pk, self.chance.choice(self.projects).pk, {}) for pk in pks]
        if self.chance.random() < 0.5:
            rows = [(pk, project, self.values()) for pk, project, _ in rows]
        names = ["project", "attrs"] if any(values for _, _, values in rows) else ["project"]

        def write():
            records = [Party.objects.get(pk=pk) for pk in pks]
            for record, (_, project, values) in zip(records, rows, strict=True):
                record.project = Project.objects.get(pk=project)
                record.attrs.update(values)
            Party.objects.bulk_update(records, names)

        return Write(write, rows, may_exchange=True)

    def move_and_change(self):
        record, project, values = self.some(), self.chance.choice(self.projects), self.values()
        if record is None:
            return None
        pk = record.pk

        def write():
            record = Party.objects.defer("attrs").get(pk=pk)
            record.project = Project.objects.get(pk=project.pk)
            record.attrs.update(values)
            record.save()

        return Write(write, [(pk, project.pk, values)])

    def save_project(self):
        project, office = self.chance.choice(self.projects), self.chance.choice(self.offices)

        def write():
            row = Project.objects.get(pk=project.pk)
            row.organization = office
            row.save()

        return Write(write, [])

    def move_in_bulk(self):
        record, project = self.some(), self.chance.choice(self.projects)
        if record is None:
            return None
        pk = record.pk
        return Write(lambda: Party.objects.filter(pk=pk).update(project=project.pk), [(pk, project.pk, {})])

    def move_project(self):
        project, office = self.chance.choice(self.projects), self.chance.choice(self.offices)
        return Write(lambda: Project.objects.filter(pk=project.pk).update(organization=office), [])


class Write:
    """A write, and what it would come to if nothing were unique."""

    def __init__(self, function, rows, may_exchange=False):
        self.function = function
        self.rows = rows  #: key, project, new values
        self.may_exchange = may_exchange  #: what one of the rows has before is no reason to refuse another

    def __call__(self):
        self.function()

    def has_reason_to_be_refused(self):
        """Tell whether a record that it writes would have what another one has, or had when the write began."""
        before = _claimed()
        with transaction.atomic():
            written = [self._store(*row) for row in self.rows]
            after = _claimed()
            transaction.set_rollback(True)
        if self.may_exchange:
            before = {pk: claims for pk, claims in before.items() if pk not in written}
        return any(
            not after[pk].isdisjoint(others[other])
            for pk in written
            for others in (before, after)
            for other in others
            if other != pk
        )

    def _store(self, pk, project, values):
        """Store a row past the library and without claims, and return its key."""
        record = Party.objects.create(project_id=project) if pk is None else Party.objects.get(pk=pk)
        if project is not None:
            execute(f"UPDATE landregistry_party SET project_id = {project} WHERE id = {record.pk}")
        document = {key: value for key, value in plainly_stored(record).items() if not key.startswith("$")}
        store(record, json.dumps({**document, **values}))
        return record.pk


def _claimed():
    """Return what each record should claim by its values and its scope."""
    every = records(Party._meta.get_field("attrs"), "default", [*Party.objects.values_list("pk", flat=True)])
    return {record.pk: {(each.claim, each.values) for each in record.claimed} for record in every}
