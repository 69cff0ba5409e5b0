using System.Text;
using Crm.Kernel.Commands;
using Crm.Kernel.Commands.Door;
using Crm.Testing;

namespace Crm.Kernel.Tests.Commands;

public sealed class SocketTests(SqliteHost host) : IClassFixture<SqliteHost>
{
    [Fact]
    public async Task A_command_reads_and_writes_its_files_through_the_running_server()
    {
        var end = new MemoryEnd { Files = { ["file"] = Encoding.UTF8.GetBytes("External ID,Name\ns1,Socket One\ns2,\n") } };
        var answer = await RunAsync(end, "import", ("type", "organization"), ("file", "x.csv"), ("report", "bad.csv"));
        Assert.Equal((0, null), (answer.ExitCode, answer.Error));
        Assert.Equal("imported 2: 1 created, 0 updated, 0 unchanged, 1 failed", end.Lines[^1]);
        Assert.Contains("3,", Encoding.UTF8.GetString(end.Written["report"].ToArray()), StringComparison.Ordinal);
        Assert.Contains("\"created\":1", answer.Result, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("task", "Subject\nCall back\n", true)]
    [InlineData("task", "External ID,Subject\nt1,Call back\n", false)]
    [InlineData("organization", "Name\nKnown by its name\n", false)]
    public async Task An_import_says_beforehand_that_a_second_run_would_add_its_rows_again(string type, string file, bool isSaid)
    {
        var end = new MemoryEnd { Files = { ["file"] = Encoding.UTF8.GetBytes(file) } };
        Assert.Equal(0, (await RunAsync(end, "import", ("type", type), ("file", "x.csv"))).ExitCode);
        Assert.Equal(isSaid, end.Notes.Exists(n => n.Contains("once more", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_backup_comes_through_the_socket_whole()
    {
        var end = new MemoryEnd();
        Assert.Equal(0, (await RunAsync(end, "backup", ("file", "b.db"))).ExitCode);
        var check = new MemoryEnd { Files = { ["file"] = end.Written["file"].ToArray() } };
        Assert.Equal(0, (await RunAsync(check, "verify", ("file", "b.db"))).ExitCode);
        check.Files["file"] = [.. check.Files["file"].Take(40_000)];
        Assert.Equal(1, (await RunAsync(check, "verify", ("file", "b.db"))).ExitCode);
    }

    [Fact]
    public async Task What_is_wrong_comes_back_as_one_line()
    {
        var answer = await RunAsync(new MemoryEnd(), "user add", ("email", "nobody"), ("password", "x"), ("role", "sales"));
        Assert.Equal(1, answer.ExitCode);
        Assert.DoesNotContain('\n', answer.Error!);
        Assert.Equal(2, (await RunAsync(new MemoryEnd(), "no such command")).ExitCode);
    }

    [Fact]
    public async Task Only_the_servers_own_user_reaches_the_socket()
    {
        await using var socket = await ConnectAsync();
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(host.DataDirectory, "crm.sock")));
    }

    private async Task<System.Net.Sockets.NetworkStream> ConnectAsync() =>
        await SocketPlace.ConnectAsync(host.DataDirectory, default) ?? throw new InvalidOperationException("No socket.");

    private async Task<CommandAnswer> RunAsync(MemoryEnd end, string name, params (string Name, string Value)[] values)
    {
        await using var socket = await ConnectAsync();
        await using var run = new SocketRun(socket, end);
        return await run.RunAsync(new CommandRequest(name, values.ToDictionary(v => v.Name, v => (string[])[v.Value])), default);
    }
}
