namespace ModelDsl.Generator.Tests.Emission;

/// <summary>Several inputs, several outputs.</summary>
public class HeadSnapshotTests
{
    [Fact]
    public void Towers_and_heads_have_members_of_their_names() =>
        Snapshot.Match(TestCompiler.GenerateSingle(
            """
            [Block, Input(2, 2), Flatten, Dense(3), Relu] public partial class ImageTower;
            [Block, Input(3, Type = ElementType.Token), Embedding(5, 2), Flatten] public partial class WordsTower;
            [Block, Dense(4), SoftmaxCrossEntropy(Weight = 0.3f)] public partial class KindHead;
            [Block, MeanSquaredError] public partial class TrunkHead;
            [Model, Concat<ImageTower, WordsTower>, Dense(2), Outputs<KindHead, TrunkHead>] public partial class Sample;
            """));
}
