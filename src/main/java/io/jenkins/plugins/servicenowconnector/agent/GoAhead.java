package io.jenkins.plugins.servicenowconnector.agent;

import java.io.Serializable;

/**
 * The controller's word that a write may be sent, asked for by the node right before it sends.
 *
 * <p>A node can stand still between taking a call and making it: a machine that is suspended, a process that is stopped, a link
 * that is stuck. Its clocks stand still with it or not, and are not the controller's; only the controller knows whether it
 * still waits for the call or has gone another way meanwhile.
 */
public interface GoAhead extends Serializable {

    /**
     * Takes the word, once.
     *
     * @return false if nobody waits for the call any more, so that it must not be sent
     */
    boolean take() throws InterruptedException;
}
