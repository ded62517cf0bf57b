package io.jenkins.plugins.servicenowconnector.connector;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.servicenowconnector.engine.http.Limits;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException;
import io.jenkins.plugins.servicenowconnector.engine.rest.DurationText;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * How long calls may take, how many there may be, and by which way they go.
 *
 * <p>All values are kept as they were entered, so that a refused form shows them again.
 */
public class CallLimits implements Describable<CallLimits>, Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final Duration SMALLEST_INTERVAL = Duration.ofSeconds(10);
    private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
    private static final int POLLS = 30;
    private static final int PARALLEL = 4;

    private String connectTimeout;
    private String responseTimeout;
    private String smallestRetryInterval;
    private String pollsPerMinute;
    private String parallelCalls;
    private String proxy;

    @DataBoundConstructor
    public CallLimits() {}

    /** How long a connection may take to come about; null for 10s. */
    public String getConnectTimeout() {
        return connectTimeout;
    }

    @DataBoundSetter
    public void setConnectTimeout(String connectTimeout) {
        this.connectTimeout = Util.fixEmptyAndTrim(connectTimeout);
    }

    /** How long an answer may take; null for 1m 30s. */
    public String getResponseTimeout() {
        return responseTimeout;
    }

    @DataBoundSetter
    public void setResponseTimeout(String responseTimeout) {
        this.responseTimeout = Util.fixEmptyAndTrim(responseTimeout);
    }

    /** The shortest time between two looks at a ticket that a step may ask for; null for 10s. */
    public String getSmallestRetryInterval() {
        return smallestRetryInterval;
    }

    @DataBoundSetter
    public void setSmallestRetryInterval(String smallestRetryInterval) {
        this.smallestRetryInterval = Util.fixEmptyAndTrim(smallestRetryInterval);
    }

    /** How many requests a minute waiting may make; null for 30. */
    public String getPollsPerMinute() {
        return pollsPerMinute;
    }

    @DataBoundSetter
    public void setPollsPerMinute(String pollsPerMinute) {
        this.pollsPerMinute = Util.fixEmptyAndTrim(pollsPerMinute);
    }

    /** How many calls there may be at one moment; null for 4. */
    public String getParallelCalls() {
        return parallelCalls;
    }

    @DataBoundSetter
    public void setParallelCalls(String parallelCalls) {
        this.parallelCalls = Util.fixEmptyAndTrim(parallelCalls);
    }

    /** {@code none} to go past the proxy; null for Jenkins' own proxy settings. */
    public String getProxy() {
        return proxy;
    }

    @DataBoundSetter
    public void setProxy(String proxy) {
        String given = Util.fixEmptyAndTrim(proxy);
        this.proxy = "jenkins".equals(given) ? null : given;
    }

    /** The limits of one call. */
    Limits calls() throws ServiceNowException {
        return new Limits(
                time("Connect timeout", connectTimeout, Limits.DEFAULT.connect()),
                time("Response timeout", responseTimeout, Limits.DEFAULT.response()),
                Limits.DEFAULT.maxAnswerBytes());
    }

    /** The shortest time between two looks. */
    public Duration smallestInterval() throws ServiceNowException {
        return smallestRetryInterval == null
                ? SMALLEST_INTERVAL
                : DurationText.parse("Smallest retry interval", smallestRetryInterval);
    }

    /** How many requests a minute waiting may make. */
    public int polls() throws ServiceNowException {
        return number("Polls a minute", pollsPerMinute, POLLS, 6000);
    }

    /** How many calls there may be at one moment. */
    public int parallel() throws ServiceNowException {
        return number("Parallel calls", parallelCalls, PARALLEL, 100);
    }

    /** Whether calls go past Jenkins' proxy. */
    public boolean isPastProxy() {
        return "none".equals(proxy);
    }

    /** Refuses what cannot be read. */
    void check() throws ServiceNowException {
        calls();
        smallestInterval();
        polls();
        parallel();
        if (proxy != null && !isPastProxy()) {
            throw ServiceNowException.badInput("Proxy", "must be jenkins or none.");
        }
    }

    private static Duration time(String name, String text, Duration usual) throws ServiceNowException {
        Duration time = text == null ? usual : DurationText.parse(name, text);
        if (time.compareTo(LONGEST_CALL) > 0) {
            throw ServiceNowException.badInput(
                    name, "must not be more than " + DurationText.format(LONGEST_CALL) + ".");
        }
        return time;
    }

    private static int number(String name, String text, int usual, int most) throws ServiceNowException {
        if (text == null) {
            return usual;
        }
        int number = text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
        if (number < 1 || number > most) {
            throw ServiceNowException.badInput(name, "must be a whole number from 1 to " + most + ".");
        }
        return number;
    }

    /** The form of the limits. */
    @Extension
    public static class DescriptorImpl extends Descriptor<CallLimits> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.CallLimits_displayName();
        }

        @POST
        public FormValidation doCheckConnectTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            home.access().checkPermission(home.defining());
            CallLimits limits = new CallLimits();
            limits.setConnectTimeout(value);
            return ConnectorDescriptor.checked(limits::check);
        }

        @POST
        public FormValidation doCheckResponseTimeout(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            home.access().checkPermission(home.defining());
            CallLimits limits = new CallLimits();
            limits.setResponseTimeout(value);
            return ConnectorDescriptor.checked(limits::check);
        }

        @POST
        public FormValidation doCheckSmallestRetryInterval(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            home.access().checkPermission(home.defining());
            CallLimits limits = new CallLimits();
            limits.setSmallestRetryInterval(value);
            return ConnectorDescriptor.checked(limits::check);
        }

        @POST
        public FormValidation doCheckPollsPerMinute(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            home.access().checkPermission(home.defining());
            CallLimits limits = new CallLimits();
            limits.setPollsPerMinute(value);
            return ConnectorDescriptor.checked(limits::check);
        }

        @POST
        public FormValidation doCheckParallelCalls(@AncestorInPath Item item, @QueryParameter String value) {
            Home home = Home.of(item);
            home.access().checkPermission(home.defining());
            CallLimits limits = new CallLimits();
            limits.setParallelCalls(value);
            return ConnectorDescriptor.checked(limits::check);
        }

        public ListBoxModel doFillProxyItems() {
            return new ListBoxModel(
                    new ListBoxModel.Option(Messages.CallLimits_proxyOfJenkins(), ""),
                    new ListBoxModel.Option(Messages.CallLimits_noProxy(), "none"));
        }
    }
}
