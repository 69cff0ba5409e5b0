namespace Crm.Build;

/// <summary>The text of `./build.sh help`.</summary>
internal static class Help
{
    public static int Print()
    {
        Console.WriteLine("""
            Usage: ./build.sh COMMAND [ARGUMENTS]     (Windows: ./build.ps1 COMMAND [ARGUMENTS])

              test     installs what the tests need, builds everything, runs all tests on SQLite and PostgreSQL
                         --filter X      only tests whose full name contains X (or a filter expression of dotnet test)
                         --project NAME  only test projects whose name contains NAME, and only those are built
                         --long          also the tests marked [Trait("Category", "Long")]
              bench    runs tests/Crm.Benchmarks in Release; the arguments are passed on
              build    builds the solution; the arguments are passed on to dotnet build
              help     this text

            CRM_BROWSER names the browser to test with, where it is not to be the machine's own.
            With CI set, something that is needed and cannot be installed is a failure.
            """);
        return ExitCode.Success;
    }
}
