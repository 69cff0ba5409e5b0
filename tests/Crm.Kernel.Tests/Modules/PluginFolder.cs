using System.Reflection;
using System.Reflection.Emit;
using Crm.Abstractions.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Crm.Kernel.Tests.Modules;

/// <summary>A folder of plugins, good and bad.</summary>
internal sealed class PluginFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("crm-plugins-").FullName;

    /// <summary>Drops the sample plugin in, as it was built.</summary>
    public void Sample(string name)
    {
        var built = System.IO.Path.Combine(Root(), "tests", "Samples", name, System.IO.Path.GetRelativePath(OwnProject(), AppContext.BaseDirectory));
        foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var to = System.IO.Path.Combine(Path, name, System.IO.Path.GetRelativePath(built, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }
    }

    /// <summary>Drops a file in that is no assembly.</summary>
    public void Bytes(string name, byte[] bytes) => File.WriteAllBytes(Dll(name), bytes);

    /// <summary>Drops a plugin in whose start-up throws; its manifest has the given values.</summary>
    public void Throwing(string name, params IReadOnlyList<(string Property, object Value)> manifest) => Emit(name, manifest, "ConfigureServices");

    /// <summary>Drops a plugin in that throws when it maps its endpoints.</summary>
    public void ThrowingLate(string name) => Emit(name, [], "Configure");

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // Windows keeps loaded assemblies; the system's own clean-up takes the folder.
        }
    }

    private static string OwnProject() => System.IO.Path.Combine(Root(), "tests", "Crm.Kernel.Tests");

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder!.FullName, "CrmServer.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    private string Dll(string name)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, name));
        return System.IO.Path.Combine(Path, name, name + ".dll");
    }

    private void Emit(string name, IEnumerable<(string Property, object Value)> manifest, string throwing)
    {
        var assembly = new PersistedAssemblyBuilder(new AssemblyName(name), typeof(object).Assembly);
        var (properties, contents) = (new List<PropertyInfo>(), new List<object>());
        foreach (var (property, value) in manifest.Append(("Name", name)).Append(("Description", "A plugin that does not run.")))
        {
            properties.Add(typeof(ModuleAttribute).GetProperty(property)!);
            contents.Add(value);
        }

        assembly.SetCustomAttribute(new CustomAttributeBuilder(typeof(ModuleAttribute).GetConstructor([])!, [], [.. properties], [.. contents]));
        var startup = assembly.DefineDynamicModule(name).DefineType(name + ".Startup", TypeAttributes.Public | TypeAttributes.Class, typeof(StartupBase));
        foreach (var method in new[] { "ConfigureServices", "Configure" })
            Override(startup, typeof(StartupBase).GetMethod(method)!, throws: method == throwing);
        startup.CreateType();
        assembly.Save(Dll(name));
    }

    private static void Override(TypeBuilder startup, MethodInfo method, bool throws)
    {
        var code = startup.DefineMethod(
            method.Name, MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(void), [method.GetParameters()[0].ParameterType]).GetILGenerator();
        if (throws)
        {
            // Something of it is in the container by then: none of it may stay.
            if (method.Name == "ConfigureServices")
            {
                code.Emit(OpCodes.Ldarg_1);
                code.Emit(OpCodes.Callvirt, typeof(ICollection<ServiceDescriptor>).GetMethod("Clear")!);
            }

            code.Emit(OpCodes.Ldstr, "The licence has run out.");
            code.Emit(OpCodes.Newobj, typeof(InvalidOperationException).GetConstructor([typeof(string)])!);
            code.Emit(OpCodes.Throw);
        }

        code.Emit(OpCodes.Ret);
    }
}
