using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace ModelDsl.Architecture.Tests.Dependencies;

/// <summary>The reader sees every way in which code of one folder can use a type of another.</summary>
public sealed class CompiledCodeTests
{
    private const string Tool = """
        using System;

        namespace Below;

        public class Tool { public static int Count; public int Size { get; set; } public static void Run<T>() { } }
        public interface ITool { }
        public struct Value { }
        public enum Kind : byte { One }
        public class Box<T> { public class Inner { } }
        public class Failure : Exception { }
        public class MarkAttribute : Attribute
        {
            public MarkAttribute(params Type[] types) { }
            public Kind Kind { get; set; }
        }
        """;

    [Theory]
    [InlineData("class User : Below.Tool { }", "Below.Tool")]
    [InlineData("class User : Below.ITool { }", "Below.ITool")]
    [InlineData("class User { Below.Value field; }", "Below.Value")]
    [InlineData("class User { Below.Value[] Property => []; }", "Below.Value")]
    [InlineData("class User { event System.Action<Below.Value> Changed { add { } remove { } } }", "Below.Value")]
    [InlineData("class User { void Method(System.Span<Below.Value> values) { } }", "Below.Value")]
    [InlineData("class User<T> where T : Below.ITool { }", "Below.ITool")]
    [InlineData("class User { void Method<T>() where T : Below.ITool { } }", "Below.ITool")]
    [InlineData("class User { void Method() { Below.Tool.Count = 1; } }", "Below.Tool")]
    [InlineData("class User { void Method() { Below.Tool.Run<int>(); } }", "Below.Tool")]
    [InlineData("class User { void Method() { System.Array.Empty<Below.Value>(); } }", "Below.Value")]
    [InlineData("class User { void Method() { Below.Value local = default; local.ToString(); } }", "Below.Value")]
    [InlineData("class User { object Method() => new Below.Box<int>.Inner(); }", "Below.Box`1")]
    [InlineData("class User { void Method() { try { Method(); } catch (Below.Failure) { } } }", "Below.Failure")]
    [InlineData("class User { System.Type Method() => typeof(Below.ITool); }", "Below.ITool")]
    [InlineData("unsafe class User { void Method(delegate*<Below.Value, void> f) => f(default); }", "Below.Value")]
    [InlineData("class User { System.Action Method(int n) => () => { Below.Tool.Count = n; }; }", "Below.Tool")]
    [InlineData("class User { System.Collections.IEnumerator M() { yield return Below.Tool.Count; } }", "Below.Tool")]
    [InlineData("class User { object M(int n) => n switch { 0 => 0, 1 => 1, 2 => 4, 3 => 9, _ => new Below.Tool() }; }",
        "Below.Tool")]
    [InlineData("[Below.Mark] class User { }", "Below.MarkAttribute")]
    [InlineData("[Below.Mark(typeof(int), typeof(Below.ITool))] class User { }", "Below.ITool")]
    [InlineData("class User { [Below.Mark(Kind = Below.Kind.One)] int Property { get; } }", "Below.Kind")]
    [InlineData("class User { void Method([Below.Mark] int n) { } }", "Below.MarkAttribute")]
    [InlineData("class User { [return: Below.Mark] int Method() => 1; }", "Below.MarkAttribute")]
    [InlineData("class User { class Nested : Below.Tool { } }", "Below.Tool")]
    public void A_use_is_found(string user, string used)
    {
        var code = Compile(("/src/ModelDsl.X/Below/Tool.cs", Tool), ("/src/ModelDsl.X/Above/User.cs", user));

        Assert.Contains(code.Uses, use => use.User.StartsWith("User", StringComparison.Ordinal) && use.Used == used);
        Assert.Contains(new Arrow("Above", "Below"), new Folders(code).Arrows);
    }

    [Theory]
    [InlineData("using Below; class User { }")]
    [InlineData("class User { /* Below.Tool */ string Text => \"Below.Tool\"; }")]
    [InlineData("class User { class Tool { } Tool Own => new(); }")]
    public void What_only_looks_like_a_use_is_none(string user)
    {
        var code = Compile(("/src/ModelDsl.X/Below/Tool.cs", Tool), ("/src/ModelDsl.X/Above/User.cs", user));

        Assert.Empty(new Folders(code).Arrows);
    }

    [Fact]
    public void A_type_without_code_has_the_folder_of_its_file()
    {
        var code = Compile(("/src/ModelDsl.X/One/Some.cs", "interface ISome { } enum Some { } delegate void Call();"));

        Assert.Equal(["One"], new Folders(code).Names);
        Assert.Equal(["Call", "ISome", "Some"], code.Documents.Keys.Order());
    }

    [Fact]
    public void A_file_has_the_first_folder_of_its_project_or_the_projects_name_and_a_generated_file_has_none()
    {
        var code = Compile(
            ("/home/src/ModelDsl.X/One/Two/Some.cs", "class A;"),
            ("C:\\src\\ModelDsl.X\\Some.cs", "class B;"),
            ("/src/ModelDsl.X/obj/Debug/Some.cs", "class C;"),
            ("Some.g.cs", "class D;"));

        Assert.Equal(["ModelDsl.X", "One"], new Folders(code).Names);
    }

    [Fact]
    public void A_type_in_two_folders_is_refused()
    {
        var code = Compile(
            ("/src/ModelDsl.X/One/Some.cs", "partial class A { void One() { } }"),
            ("/src/ModelDsl.X/Two/Some.cs", "partial class A { void Two() { } }"));

        Assert.Throws<ArgumentException>(() => new Folders(code));
    }

    private static CompiledCode Compile(params (string Path, string Text)[] files)
    {
        var compilation = CSharpCompilation.Create(
            "Sample",
            files.Select(file => CSharpSyntaxTree.ParseText(
                SourceText.From(file.Text, System.Text.Encoding.UTF8), path: file.Path)),
            Net100.References.All,
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        using var assembly = new MemoryStream();
        using var symbols = new MemoryStream();
        var result = compilation.Emit(
            assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        assembly.Position = 0;
        symbols.Position = 0;
        return CompiledCode.Read(assembly, symbols);
    }
}
