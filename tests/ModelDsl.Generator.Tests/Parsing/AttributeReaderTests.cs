using System.Globalization;
using System.Reflection;
using ModelDsl.Generator.Parsing;

namespace ModelDsl.Generator.Tests.Parsing;

/// <summary>
/// The compiler reads an attribute as the runtime makes it, whatever is written and whatever is left out.
/// </summary>
public sealed class AttributeReaderTests
{
    private static readonly Type LayerType = Runtime.GetType("ModelDsl.LayerAttribute", throwOnError: true)!;

    public static TheoryData<string, int> Constructors
    {
        get
        {
            var constructors = new TheoryData<string, int>();
            foreach (Type type in Runtime.GetTypes())
            {
                bool isLayer = type.IsSubclassOf(LayerType) && !type.IsAbstract && !type.IsGenericType;
                for (int i = 0; isLayer && i < type.GetConstructors().Length; i++)
                {
                    constructors.Add(type.FullName!, i);
                }
            }

            return constructors;
        }
    }

    [Theory]
    [MemberData(nameof(Constructors))]
    public void What_is_not_written_has_the_value_of_the_runtimes_attribute(string type, int constructor)
    {
        ConstructorInfo called = Runtime.GetType(type)!.GetConstructors()[constructor];
        object[] arguments = [.. called.GetParameters().Select((parameter, i) => Number(parameter.ParameterType, i))];

        object read = Read($"[{type}({string.Join(", ", arguments.Select(Text))})]");

        AssertSame(called.Invoke(arguments), read);
    }

    [Theory]
    [MemberData(nameof(Constructors))]
    public void What_is_written_is_read(string type, int constructor)
    {
        ConstructorInfo called = Runtime.GetType(type)!.GetConstructors()[constructor];
        object[] arguments = [.. called.GetParameters().Select((parameter, i) => Number(parameter.ParameterType, i))];
        object expected = called.Invoke(arguments);
        List<string> texts = [.. arguments.Select(Text)];
        foreach (PropertyInfo property in expected.GetType().GetProperties().Where(property => property.CanWrite))
        {
            object value = property.PropertyType.IsEnum
                ? Enum.GetValues(property.PropertyType).GetValue(1)!
                : property.PropertyType == typeof(bool) ? !(bool)property.GetValue(expected)!
                : Number(property.PropertyType, texts.Count);
            property.SetValue(expected, value);
            texts.Add($"{property.Name} = {Text(value)}");
        }

        AssertSame(expected, Read($"[{type}({string.Join(", ", texts)})]"));
    }

    [Theory]
    [InlineData("Dense(4)", "Units", "units")]
    [InlineData("Dense(4, UseBias = false)", "UseBias", "UseBias")]
    [InlineData("Dense(4)", "TiedTo", "TiedTo")]
    [InlineData("Conv2D(16, 3)", "KernelHeight", "kernelSize")]
    [InlineData("Conv2D(16, 3)", "KernelWidth", "kernelSize")]
    [InlineData("Conv2D(16, 3, 5)", "KernelWidth", "kernelWidth")]
    [InlineData("MaxPool2D(2)", "KernelHeight", "size")]
    [InlineData("MaxPool2D(2, Stride = 2)", "Stride", "Stride")]
    [InlineData("Pad(1)", "Left", "margin")]
    [InlineData("Pad(1, 2, 3, 4)", "Left", "left")]
    [InlineData("Upsample(2)", "FactorWidth", "factor")]
    [InlineData("Dropout(0.5)", "Rate", "rate")]
    [InlineData("Elu", "Alpha", "alpha")]
    [InlineData("Input(28, 28)", "Dimensions", "dimensions")]
    [InlineData("Repeat<B>(3)", "Count", "count")]
    public void A_property_is_known_by_the_name_that_gives_it(string attribute, string property, string expected) =>
        Assert.Equal(expected, AttributeReader.WrittenName(Parse($"[{attribute}]"), property));

    [Fact]
    public void A_loss_of_the_authors_own_has_the_weight_that_is_written()
    {
        object read = Read("[Loss<B>(Weight = 3, Name = \"own\")]");

        Assert.Equal(3.0, read.GetType().GetProperty("Weight")!.GetValue(read));
        Assert.Equal("own", read.GetType().GetProperty("Name")!.GetValue(read));
    }

    [Fact]
    public void The_same_declaration_is_read_once()
    {
        LayerDeclaration declaration = Parse("[Dense(4)]");

        Assert.Same(AttributeReader.Read(declaration), AttributeReader.Read(declaration));
    }

    [Theory]
    [InlineData("Dense")]
    [InlineData("Dense(\"4\")")]
    [InlineData("Dense(4, UseBias = 3)")]
    [InlineData("Input(1.5)")]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = new[] { \"a\" })")]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = null)")]
    [InlineData("Dense(4, WeightInitializer = (Initializer)99)")]
    public void What_the_C_compiler_rejects_or_an_enum_lacks_is_read_without_an_exception(string attribute) =>
        Assert.NotNull(AttributeReader.Read(Parse($"[{attribute}]")));

    private static Assembly Runtime => typeof(IModel).Assembly;

    private static object Read(string attribute) => AttributeReader.Read(Parse(attribute));

    private static LayerDeclaration Parse(string attribute)
    {
        CSharpCompilation compilation =
            TestCompiler.CreateCompilation($"{attribute} public class M; [Block, Tanh] public class B;");
        return ModelParser.Parse(compilation.GetTypeByMetadataName("M")!, CancellationToken.None).Declaration.Layers[0];
    }

    private static void AssertSame(object expected, object read)
    {
        Assert.Equal(expected.GetType().FullName, read.GetType().FullName);
        Assert.Equal(Values(expected), Values(read));
    }

    private static string[] Values(object attribute) =>
    [
        .. attribute.GetType().GetProperties()
            .Where(property => property.Name != nameof(Attribute.TypeId))
            .Select(property => $"{property.Name} = {Text(property.GetValue(attribute))}")
            .Order(StringComparer.Ordinal),
    ];

    // No two arguments are the same.
    private static object Number(Type type, int position) =>
        type == typeof(int) ? 3 + position
        : type == typeof(double) ? 0.25 / (position + 1)
        : type == typeof(string) ? (object)$"text{position}"
        : type == typeof(int[]) ? new[] { 3 + position, 7 }
        : type == typeof(float[]) ? new[] { 0.5f, 2f + position }
        : throw new ArgumentException($"No value of {type} is known.", nameof(type));

    private static string Text(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        string text => $"\"{text}\"",
        Enum member => $"({member.GetType().FullName}){Convert.ToInt32(member, CultureInfo.InvariantCulture)}",
        System.Collections.IEnumerable list => $"new[] {{ {string.Join(", ", list.Cast<object>().Select(Text))} }}",
        float number => FormattableString.Invariant($"{number}f"),
        _ => FormattableString.Invariant($"{value}"),
    };
}
