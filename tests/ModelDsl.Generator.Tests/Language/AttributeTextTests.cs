namespace ModelDsl.Generator.Tests.Language;

/// <summary>What stands between the tokens of an attribute changes neither the model nor its code.</summary>
public class AttributeTextTests
{
    [Theory]
    [InlineData("Dense(3 // classes\n)")]
    [InlineData("Dense(/* two\nlines */ 3)")]
    [InlineData("Dense(\n#if DEBUG\n7\n#else\n3\n#endif\n)")]
    [InlineData("Dense(\n#region size\n3\n#endregion\n)")]
    [InlineData("Dense(\n#pragma warning disable CS0168\n3\n#nullable disable\n)")]
    [InlineData("Dense // the head\n(3)")]
    [InlineData("ModelDsl . /* here */ Dense(3)")]
    [InlineData("Dense(3,\r\n// named\r\n Name = \"head\")")]
    [InlineData("Dense(3, Name = @\"head\")")]
    [InlineData("Dense(3, Name = \"\"\"\nhead\n\"\"\")")]
    [InlineData("Dense(3, Name = $\"{nameof(M)}\")")]
    [InlineData("Dense(3, Name = $\"a{\nnameof(M) // the class\n}\")")]
    [InlineData("Dense(3, Name = \"he\" + /* and */ @\"ad\")")]
    [InlineData("Dense(3 - -1 - +1)")]
    [InlineData("Dense(true ? /* yes\n */ 3 : 4)")]
    public void Comments_and_directives_within_an_attribute_change_nothing(string dense)
    {
        IModel model = LanguageCase.TrainSingle($"[Model, Input(4), {dense}, SoftmaxCrossEntropy]\npublic partial class M;");
        string text = model.Description.Layers[1].Declaration;
        Assert.DoesNotContain('\n', text);
        Assert.DoesNotContain('#', text);
        Assert.DoesNotContain("//", text, StringComparison.Ordinal);
        Assert.DoesNotContain("/*", text, StringComparison.Ordinal);
        Assert.Equal(3, model.Description.OutputShape.Count);
    }

    [Fact]
    public void Comments_and_directives_within_a_block_and_its_uses_change_nothing() =>
        LanguageCase.TrainSingle(
            """
            [Block, Dense(4 // wide
            ), Relu]
            public partial class B;
            [Model, Input(4), Residual< // around
            B /* the block */
            >, Repeat<
            #if true
            B
            #endif
            >(3 /* times
            */), Concat<B, // and
            B>, SoftmaxCrossEntropy(ClassWeights = new[] { 1f, // one
            2f, 1f, 1f,
            #region rest
            1f, 1f, 1f, 1f
            #endregion
            })]
            public partial class M;
            """);

    [Theory]
    [InlineData("Dense( 3,UseBias=false )", "Dense(3, UseBias = false)")]
    [InlineData("ModelDsl.Dense(1+2)", "ModelDsl.Dense(1 + 2)")]
    [InlineData("Dense(units:3)", "Dense(units: 3)")]
    [InlineData("Dense(sizeof( int )-1)", "Dense(sizeof(int) - 1)")]
    [InlineData("Dense((int)3u)", "Dense((int)3u)")]
    [InlineData("Dense(3, Name = @\"a\")", "Dense(3, Name = @\"a\")")]
    [InlineData("Dense(3, Name = $\"{nameof( M )}\")", "Dense(3, Name = $\"{nameof(M)}\")")]
    [InlineData("Dense(3 , /* c */ Name=\"\"\"\n  a\n  \"\"\")", "Dense(3, Name = \"a\")")]
    public void Attribute_is_shown_on_one_line_with_the_usual_spaces(string written, string shown) =>
        Assert.Equal(
            shown,
            LanguageCase.TrainSingle($"[Model, Input(4), {written}, SoftmaxCrossEntropy]\npublic partial class M;")
                .Description.Layers[1].Declaration);
}
