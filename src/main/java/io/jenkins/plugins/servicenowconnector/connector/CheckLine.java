package io.jenkins.plugins.servicenowconnector.connector;

/** One line of what a check of a connector found. */
public final class CheckLine {

    private final String what;
    private final String found;

    CheckLine(String what, String found) {
        this.what = what;
        this.found = found;
    }

    /** What was looked at, in the language of the page. */
    public String getWhat() {
        return what;
    }

    /** What was found there: plain text, some of it ServiceNow's. */
    public String getFound() {
        return found;
    }
}
