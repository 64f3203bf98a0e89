"""The declarations agree with the contract, and with each other."""

from __future__ import annotations

import json

import pytest

from pipeline import schema

CONTRACT = {
    "documents": "doc_id source url sha256 lang title published home_place_id chars status issue",
    "places": "place_id name country feature latitude longitude population geonames_id wikidata_id "
    "surface_forms",
    "partnerships": "partnership_id place_a_id place_a country_a place_b_id place_b country_b kind status "
    "founded founded_earliest founded_latest confidence documents conflict provenance",
    "founding_dates": "founding_id partnership_id date date_earliest date_latest event basis chosen "
    "confidence provenance",
    "mayors": "mayor_id person role place_id place country seen_from seen_to confidence provenance",
    "themes": "theme_id theme partnership_id place_id confidence provenance",
    "evidence": "evidence_id fact_type fact_id doc_id start end quote prefix suffix rule confidence kind "
    "status",
    "reviews": "review_id line fact_type fact_key field action value previous reviewer date reason outcome "
    "message fact fact_id",
}


def test_columns_are_those_of_the_contract():
    assert {table.name: " ".join(table.columns) for table in schema.TABLES} == CONTRACT


@pytest.mark.parametrize("table", schema.TABLES, ids=lambda table: table.name)
def test_each_table_hangs_together(table):
    assert table.fields[0].nullable is False
    assert set(table.order) <= set(table.columns)
    assert table.key in table.order, "only the key makes the order of rows a total one"
    for field in table.fields:
        assert field.description
        assert not field.description.endswith(".")
        if field.references:
            assert schema.by_name(field.references)
    arrow = table.arrow()
    assert tuple(arrow.names) == table.columns
    assert arrow.metadata[b"primary_key"].decode() == table.key
    assert all(arrow.field(f.name).metadata[b"description"].decode() == f.description for f in table.fields)


def test_unknown_table():
    with pytest.raises(KeyError):
        schema.by_name("towns")


def test_package_is_golden(file_regression):
    text = json.dumps(schema.package(), ensure_ascii=False, indent=2)
    file_regression.check(text, extension=".json", encoding="utf-8")


def test_documentation_is_golden(file_regression):
    file_regression.check(schema.describe(), extension=".md", encoding="utf-8")
