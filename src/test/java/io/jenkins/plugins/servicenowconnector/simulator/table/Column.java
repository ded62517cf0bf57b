package io.jenkins.plugins.servicenowconnector.simulator.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the dictionary says about one field.
 *
 * @param maxLength longest text stored, longer ones are cut silently; 0 means no limit
 * @param reference the table a reference or list points to, else empty
 * @param byDefault the value of a new record that names none
 */
public record Column(
        String name,
        String label,
        Kind kind,
        int maxLength,
        List<Choice> choices,
        String reference,
        String byDefault,
        boolean readOnly,
        boolean mandatory) {

    /** How a field stores its value. */
    public enum Kind {
        STRING,
        INTEGER,
        BOOLEAN,
        CHOICE,
        REFERENCE,
        DATE_TIME,
        JOURNAL,
        GLIDE_LIST
    }

    private static Column of(String name, Kind kind, int maxLength, List<Choice> choices, String reference) {
        String words = name.startsWith("u_") ? name.substring(2) : name;
        String label =
                Character.toUpperCase(words.charAt(0)) + words.substring(1).replace('_', ' ');
        return new Column(name, label, kind, maxLength, choices, reference, "", false, false);
    }

    public static Column string(String name, int maxLength) {
        return of(name, Kind.STRING, maxLength, List.of(), "");
    }

    public static Column integer(String name) {
        return of(name, Kind.INTEGER, 0, List.of(), "");
    }

    public static Column yesNo(String name) {
        return of(name, Kind.BOOLEAN, 0, List.of(), "").byDefault("false");
    }

    public static Column dateTime(String name) {
        return of(name, Kind.DATE_TIME, 0, List.of(), "");
    }

    public static Column journal(String name) {
        return of(name, Kind.JOURNAL, 0, List.of(), "");
    }

    public static Column reference(String name, String table) {
        return of(name, Kind.REFERENCE, 0, List.of(), table);
    }

    public static Column glideList(String name, String table) {
        return of(name, Kind.GLIDE_LIST, 0, List.of(), table);
    }

    /** A choice field; its list is written as {@code value=Label|value=Label}. */
    public static Column choice(String name, String list) {
        List<Choice> choices = Arrays.stream(list.split("\\|"))
                .map(entry -> entry.split("=", 2))
                .map(pair -> new Choice(pair[0], pair[1]))
                .toList();
        return of(name, Kind.CHOICE, 0, choices, "");
    }

    public Column label(String newLabel) {
        return new Column(name, newLabel, kind, maxLength, choices, reference, byDefault, readOnly, mandatory);
    }

    public Column byDefault(String value) {
        return new Column(name, label, kind, maxLength, choices, reference, value, readOnly, mandatory);
    }

    /** The same field, written by the platform only: values sent for it are dropped silently. */
    public Column asReadOnly() {
        return new Column(name, label, kind, maxLength, choices, reference, byDefault, true, mandatory);
    }

    /** The same field, demanded by a data policy. */
    public Column asMandatory() {
        return new Column(name, label, kind, maxLength, choices, reference, byDefault, readOnly, true);
    }

    /** The same field with another label for one of its values, as an administrator or a language gives it. */
    public Column relabelled(String value, String newLabel) {
        List<Choice> changed = choices.stream()
                .map(choice -> choice.value().equals(value) ? new Choice(value, newLabel) : choice)
                .toList();
        return new Column(name, label, kind, maxLength, changed, reference, byDefault, readOnly, mandatory);
    }

    public boolean isReference() {
        return kind == Kind.REFERENCE;
    }

    public boolean isJournal() {
        return kind == Kind.JOURNAL;
    }

    /** The label of a value in the choice list. */
    public Optional<String> labelOf(String value) {
        return choices.stream()
                .filter(choice -> choice.value().equals(value))
                .map(Choice::label)
                .findFirst();
    }

    /** The value that carries this label. */
    public Optional<String> valueOf(String choiceLabel) {
        return choices.stream()
                .filter(choice -> choice.label().equalsIgnoreCase(choiceLabel))
                .map(Choice::value)
                .findFirst();
    }
}
