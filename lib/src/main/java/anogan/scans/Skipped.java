package anogan.scans;

/** A file that was left out, and why. */
public record Skipped(String file, String reason) {}
