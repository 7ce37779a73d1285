/**
 * Node.js majors that distroless publishes on Debian 13, in ascending order.
 *
 * Source: the images under gcr.io/distroless/nodejs*-debian13, November 2026.
 */
export const DISTROLESS_NODE_MAJORS: readonly number[] = [22, 24, 26];

/** The major for an app that does not ask for one: an LTS line until April 2028. */
export const DEFAULT_NODE_MAJOR = 24;

/** Platforms in the image index of each of them. */
export const DISTROLESS_PLATFORMS: readonly string[] = ['linux/amd64', 'linux/arm64', 'linux/s390x', 'linux/ppc64le'];
