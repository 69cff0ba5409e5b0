using System.Reflection;
using System.Runtime.CompilerServices;
using Crm.Abstractions.Data;

namespace Crm.Kernel.Tests.Modules;

/// <summary>What modules and plugins build on is a text under review: it changes with that text only.</summary>
public sealed class SurfaceTests
{
    private const string Reviewed = "CRM_REVIEWED";

    [Fact]
    public void What_modules_build_on_is_what_was_reviewed()
    {
        var file = Path.Combine(Root(), "docs", "abstractions.txt");
        var now = Of(typeof(CrmDb).Assembly.GetExportedTypes());
        if (Environment.GetEnvironmentVariable(Reviewed) == "1")
            File.WriteAllLines(file, now);
        var kept = File.ReadAllLines(file);
        var (gone, added) = (kept.Except(now, StringComparer.Ordinal).ToList(), now.Except(kept, StringComparer.Ordinal).ToList());
        Assert.True(gone.Count + added.Count == 0, $"Run this test with {Reviewed}=1 if that is meant.\ngone:\n{string.Join('\n', gone)}\nadded:\n{string.Join('\n', added)}");
    }

    [Fact]
    public void A_member_more_or_another_type_of_one_is_seen()
    {
        Assert.Equal(["class Crm.Kernel.Tests.Modules.SurfaceTests+One", "class Crm.Kernel.Tests.Modules.SurfaceTests+One: Int32 Count", "class Crm.Kernel.Tests.Modules.SurfaceTests+One: Void Add(Int32)"], Of([typeof(One)]));
        var changed = Of([typeof(Two)]).Except(Of([typeof(One)]).Select(l => l.Replace("+One", "+Two", StringComparison.Ordinal)), StringComparer.Ordinal);
        Assert.Equal(["class Crm.Kernel.Tests.Modules.SurfaceTests+Two: Int64 Count"], changed);
    }

    private static List<string> Of(IEnumerable<Type> types) => [.. types.SelectMany(Lines).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(Type type)
    {
        var name = $"{Word(type)} {type}";
        const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetMembers(Own).Where(IsOurs).Select(m => $"{name}: {m}").Prepend(name);
    }

    // What the compiler adds to records and properties says nothing of its own.
    private static bool IsOurs(MemberInfo member) => member.GetCustomAttribute<CompilerGeneratedAttribute>() is null && member switch
    {
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsSeen),
        MethodInfo method => !method.IsSpecialName && IsSeen(method),
        ConstructorInfo made => IsSeen(made) && made.GetParameters().Length > 0,
        FieldInfo field => !field.IsSpecialName && (field.IsPublic || field.IsFamily),
        _ => false,
    };

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Word(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        _ => "class",
    };

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "CrmServer.sln")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("The tests run outside the source tree.");
    }

    private sealed class One
    {
        public int Count { get; set; }

        public void Add(int number) => Count += number;
    }

    private sealed class Two
    {
        public long Count { get; set; }

        public void Add(int number) => Count += number;
    }
}
