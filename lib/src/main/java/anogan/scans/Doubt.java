package anogan.scans;

/**
 * Something about a scan that is probably not as it should be. Equal doubts of several scans are said once, with their
 * number.
 *
 * @param what what follows "3 scans", such as "with an empty mask"
 * @param cure a sentence that says what is done about it, and which option settles it
 */
public record Doubt(String what, String cure) {}
