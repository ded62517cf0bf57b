package io.jenkins.plugins.servicenowconnector.step;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;

/** Turns a map of fields into the rows of a form, and back: forms know no maps. */
final class FieldRows {

    private FieldRows() {}

    /** The rows for a map; none for null. */
    static List<FieldRow> of(Map<String, Object> fields) {
        List<FieldRow> rows = new ArrayList<>();
        if (fields != null) {
            fields.forEach((name, value) -> rows.add(new FieldRow(name, text(value))));
        }
        return rows;
    }

    /** The map that a form's rows make; rows without a name are left out. */
    static Map<String, Object> read(String parameter, JSONObject form) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Object rows = form.opt(parameter);
        if (rows != null) {
            for (Object row : JSONArray.fromObject(rows)) {
                if (row instanceof JSONObject each && !each.optString("name").isBlank()) {
                    fields.put(each.getString("name").trim(), each.optString("value"));
                }
            }
        }
        return fields;
    }

    /** The form without the rows, for the part of it that binds by itself. */
    static JSONObject without(String parameter, JSONObject form) {
        JSONObject rest = JSONObject.fromObject(form);
        rest.remove(parameter);
        return rest;
    }

    /** A copy that can be stored: Groovy's own texts become plain ones. */
    static LinkedHashMap<String, Object> plain(Map<String, Object> fields) {
        LinkedHashMap<String, Object> copy = new LinkedHashMap<>();
        fields.forEach((name, value) -> copy.put(String.valueOf(name), plain(value)));
        return copy;
    }

    private static Object plain(Object value) {
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(each -> copy.add(plain(each)));
            return copy;
        }
        return value;
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            List<String> parts = new ArrayList<>();
            list.forEach(each -> parts.add(String.valueOf(each)));
            return String.join(",", parts);
        }
        return String.valueOf(value);
    }
}
