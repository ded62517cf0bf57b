package io.jenkins.plugins.servicenowconnector.simulator.signin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;

/** A client's signed claim of who it is, verified with the JDK alone so that no library checks itself. */
final class Assertion {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    private final String[] parts;

    Assertion(String jwt) {
        parts = jwt.split("\\.");
    }

    /** What is wrong with it; empty for nothing. */
    String complaint(String clientId, X509Certificate certificate, String audience, Instant now, Set<String> usedIds) {
        try {
            if (parts.length != 3) {
                return "no assertion";
            }
            if (!json(0).path("x5t").asText().equals(thumbprint(certificate))) {
                return "unknown certificate";
            }
            if (!json(0).path("alg").asText().equals("RS256") || !isSignedBy(certificate)) {
                return "wrong signature";
            }
            return claims(json(1), clientId, audience, now, usedIds);
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return "unreadable assertion";
        }
    }

    private static String claims(JsonNode claims, String clientId, String audience, Instant now, Set<String> usedIds) {
        boolean isOwn = claims.path("iss").asText().equals(clientId)
                && claims.path("sub").asText().equals(clientId);
        if (!isOwn) {
            return "wrong issuer or subject";
        }
        if (!claims.path("aud").asText().equals(audience)) {
            return "wrong audience";
        }
        Instant ends = Instant.ofEpochSecond(claims.path("exp").asLong());
        if (!ends.isAfter(now) || ends.isAfter(now.plus(LONGEST_LIFE))) {
            return "expired, or valid for too long";
        }
        String id = claims.path("jti").asText();
        return !id.isEmpty() && usedIds.add(id) ? "" : "used before";
    }

    private boolean isSignedBy(X509Certificate certificate) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(certificate);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private JsonNode json(int part) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(parts[part]));
    }

    private static String thumbprint(X509Certificate certificate) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
