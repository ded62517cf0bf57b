package io.jenkins.plugins.servicenowconnector.engine.rest;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the fields that an encoded query names, term by term; refuses terms that it cannot read (servicenow-rest §1.5). */
final class QueryTerms {

    /** Names are lower case and operators are not: that is what tells {@code stateIN1,2} apart. */
    private static final String NAME = "[a-z][a-z0-9_]{0,79}(?:\\.[a-z][a-z0-9_]{0,79}){0,5}";

    private static final Pattern CONDITION = Pattern.compile("(" + NAME + ")(.*)");
    private static final Pattern FIELD = Pattern.compile(NAME);
    private static final Pattern SORTING = Pattern.compile("(?:ORDERBYDESC|ORDERBY|GROUPBY)(" + NAME + ")");

    private static final List<String> WITHOUT_VALUE = List.of("ISNOTEMPTY", "ISEMPTY", "EMPTYSTRING", "ANYTHING");

    /** Those that begin alike stand longest first. */
    private static final List<String> WITH_FIELD =
            List.of("GT_OR_EQUALS_FIELD", "LT_OR_EQUALS_FIELD", "GT_FIELD", "LT_FIELD", "NSAMEAS", "SAMEAS");

    /** Those that begin alike stand longest first. */
    private static final List<String> WITH_VALUE = List.of(
            "!=",
            "<=",
            ">=",
            "=",
            "<",
            ">",
            "INSTANCEOF",
            "IN",
            "NOT IN",
            "NOT LIKE",
            "NOTLIKE",
            "LIKE",
            "STARTSWITH",
            "ENDSWITH",
            "BETWEEN",
            "DYNAMIC",
            "RELATIVEGE@",
            "RELATIVELE@",
            "RELATIVEGT@",
            "RELATIVELT@",
            "RELATIVEEE@");

    private final String parameter;
    private final Set<String> fields = new LinkedHashSet<>();
    private boolean hasCondition;

    private QueryTerms(String parameter) {
        this.parameter = parameter;
    }

    static Set<String> fields(String parameter, String query) throws ServiceNowException {
        QueryTerms terms = new QueryTerms(parameter);
        for (String term : query.split("\\^", -1)) {
            terms.take(term);
        }
        if (!terms.hasCondition) {
            throw ServiceNowException.badInput(parameter, "has no condition: it would match every record.");
        }
        return terms.fields;
    }

    private void take(String term) throws ServiceNowException {
        Matcher sorting = SORTING.matcher(term);
        if (sorting.matches()) {
            fields.add(sorting.group(1));
        } else if (hasCondition && (term.startsWith("OR") || term.startsWith("NQ"))) {
            condition(term.substring(2), term);
        } else if (!term.equals("EQ")) {
            condition(term, term);
        }
    }

    private void condition(String text, String term) throws ServiceNowException {
        Matcher matcher = CONDITION.matcher(text);
        if (!matcher.matches()) {
            throw notRead(term, "a condition is a field's name, an operator and a value, such as 'active=true'");
        }
        operator(matcher.group(2), term);
        fields.add(matcher.group(1));
        hasCondition = true;
    }

    private void operator(String rest, String term) throws ServiceNowException {
        if (WITHOUT_VALUE.contains(rest)) {
            return;
        }
        String operator = first(WITH_FIELD, rest);
        if (operator != null) {
            String other = rest.substring(operator.length());
            if (!FIELD.matcher(other).matches()) {
                throw notRead(term, operator + " wants the name of another field");
            }
            fields.add(other);
            return;
        }
        operator = first(WITH_VALUE, rest);
        if (operator == null) {
            throw notRead(term, "its operator is not known here");
        }
        value(rest.substring(operator.length()).strip(), term);
    }

    /** An empty value, or the text that an empty variable of a Pipeline becomes, would mean every record without one. */
    private void value(String value, String term) throws ServiceNowException {
        if (value.isEmpty() || value.toLowerCase(Locale.ROOT).equals("null")) {
            throw notRead(term, "its value is empty; if that is what you mean, write ISEMPTY or ISNOTEMPTY");
        }
    }

    private static String first(List<String> operators, String rest) {
        return operators.stream().filter(rest::startsWith).findFirst().orElse(null);
    }

    private ServiceNowException notRead(String term, String why) {
        String shown = term.length() <= 60 ? term : term.substring(0, 60) + "…";
        return ServiceNowException.badInput(parameter, "has a part that cannot be read, '" + shown + "': " + why + ".");
    }
}
