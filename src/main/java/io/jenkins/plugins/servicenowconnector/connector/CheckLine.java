package io.jenkins.plugins.servicenowconnector.connector;

/** One line of what a check of a connector found. */
public final class CheckLine {

    private final String what;
    private final String found;
    private final String state;

    CheckLine(String what, String found, String state) {
        this.what = what;
        this.found = found;
        this.state = state;
    }

    /** What was looked at, in the language of the page. */
    public String getWhat() {
        return what;
    }

    /** How it stands: {@code OK}, {@code NOT_TRIED}, {@code WARNING} or {@code ERROR}. */
    public String getState() {
        return state == null ? "OK" : state;
    }

    /** What was found there: plain text, some of it ServiceNow's. */
    public String getFound() {
        return found;
    }
}
