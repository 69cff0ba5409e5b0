using System.Text.Json;
using Crm.Abstractions.Pages;
using Microsoft.AspNetCore.Http;

namespace Crm.Kernel.Api;

/// <summary>What modules' endpoints make, made once by its key.</summary>
internal sealed class MakeOnce(AnswerOnce once) : IMakeOnce
{
    public async Task<IResult> RunAsync(HttpRequest request, ReadOnlyMemory<byte> said, Func<CancellationToken, Task<MadeRecord>> make, CancellationToken ct) => new Made(await once.RunAsync(
        request,
        said,
        async inner =>
        {
            var made = await make(inner);
            return new ApiAnswer(StatusCodes.Status201Created, made.Url, null, JsonSerializer.SerializeToUtf8Bytes(made.Body, made.Body.GetType(), JsonSerializerOptions.Web));
        },
        ct));

    private sealed class Made(ApiAnswer answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = answer.Location;
            return httpContext.AnswerAsync(answer.Status, answer.Body);
        }
    }
}
