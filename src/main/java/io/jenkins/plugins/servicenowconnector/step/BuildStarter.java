package io.jenkins.plugins.servicenowconnector.step;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.User;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who started a build, also through builds that started it. */
public final class BuildStarter {

    private BuildStarter() {}

    /** What they are called: user names, full names, and e-mail addresses where these are known; empty if nobody did. */
    static List<String> of(Run<?, ?> run) {
        return of(run.getCauses());
    }

    /** The same of a build that has not begun, by what it will be caused by. */
    public static List<String> of(Collection<Cause> causes) {
        Set<String> names = new LinkedHashSet<>();
        add(names, causes);
        return new ArrayList<>(names);
    }

    private static void add(Set<String> names, Collection<Cause> causes) {
        for (Cause cause : causes) {
            if (cause instanceof Cause.UpstreamCause upstream) {
                add(names, upstream.getUpstreamCauses());
            } else if (cause instanceof Cause.UserIdCause starter && starter.getUserId() != null) {
                names.add(starter.getUserId());
                User user = User.getById(starter.getUserId(), false);
                if (user != null) {
                    names.add(user.getFullName());
                    names.addAll(MailAddresses.all(user));
                }
            }
        }
    }
}
