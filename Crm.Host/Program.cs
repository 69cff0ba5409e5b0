using Crm.Kernel.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddCrm();
var app = builder.Build();
app.UseCrm();
await app.PrepareAsync(CancellationToken.None);
await app.RunAsync();
