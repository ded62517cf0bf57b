package io.jenkins.plugins.servicenowconnector.step.declarative;

import hudson.model.Run;
import io.jenkins.plugins.servicenowconnector.step.OriginRun;
import org.jenkinsci.plugins.pipeline.modeldefinition.causes.RestartDeclarativePipelineCause;
import org.jenkinsci.plugins.variant.OptionalExtension;

/** Follows a restarted stage to the run that it was restarted from. */
@OptionalExtension(requirePlugins = "pipeline-model-definition")
public class RestartedStage implements OriginRun {

    @Override
    public Run<?, ?> before(Run<?, ?> run) {
        RestartDeclarativePipelineCause cause = run.getCause(RestartDeclarativePipelineCause.class);
        return cause == null ? null : cause.getOriginal();
    }
}
