namespace Crm.Kernel.Api;

/// <summary>An error as the API tells it (RFC 9457). The type is a stable, relative address.</summary>
internal sealed record Problem(int Status, string Name, string Title, string? Detail = null)
{
    public static Problem BadRequest(string detail) => new(400, "bad-request", "The request can't be read.", detail);

    public static Problem Unauthorized { get; } = new(401, "unauthorized", "A valid token is needed.", "Send 'Authorization: Bearer TOKEN'.");

    public static Problem Forbidden { get; } = new(403, "forbidden", "You are not allowed to do this.");

    public static Problem NotFound { get; } = new(404, "not-found", "There is nothing here for you.");

    public static Problem NotReady { get; } = new(428, "precondition-required", "Say which version you change.", "Send 'If-Match' with the ETag that you read.");

    public static Problem Stale { get; } = new(412, "stale", "Somebody changed this in the meantime.");

    public static Problem KeyReused { get; } = new(422, "idempotency-key-reused", "This Idempotency-Key came with another request before.");

    public static Problem UnknownMedia { get; } = new(415, "unsupported-media-type", "Send JSON.", "Set 'Content-Type: application/json'.");

    public static Problem TooLarge { get; } = new(413, "too-large", "The body is too large.");

    public static Problem Busy { get; } = new(503, "busy", "Others are writing the same just now.", "Send the request again.");

    public static Problem Broken { get; } = new(500, "internal", "Something went wrong on the server.");

    /// <summary>The problem that a bare status means.</summary>
    public static Problem Of(int status) => status switch
    {
        400 => BadRequest("It is malformed."),
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        405 => new(405, "method-not-allowed", "This address doesn't take that method."),
        413 => TooLarge,
        415 => UnknownMedia,
        500 => Broken,
        _ => new(status, $"status-{status}", "The request was refused."),
    };
}

/// <summary>Ends a request with a problem.</summary>
internal sealed class ApiRefusal(Problem problem) : Exception(problem.Title)
{
    public Problem Problem { get; } = problem;
}
