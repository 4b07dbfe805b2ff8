namespace ModelDsl.Analyzers.Tests.CallSites;

public sealed class CorrectProgramTests
{
    [Theory]
    [InlineData("mnist.Predict(unknown);")]
    [InlineData("mnist.Predict(new float[count]);")]
    [InlineData("mnist.Predict(stackalloc float[784]);")]
    [InlineData("var size = 28; Span<float> image = stackalloc float[size * size]; mnist.Predict(image);")]
    [InlineData("var image = new float[783]; image = new float[784]; mnist.Predict(image);")]
    [InlineData("var image = new float[783]; if (condition) { image = new float[784]; } mnist.Predict(image);")]
    [InlineData("var image = new float[783]; if (!condition) { return; } image = unknown; mnist.Predict(image);")]
    [InlineData("var image = new float[783]; Array.Resize(ref image, 784); mnist.Predict(image);")]
    [InlineData(
        "var image = new float[783]; Action grow = () => image = new float[784]; grow(); mnist.Predict(image);")]
    [InlineData("var image = new float[783]; Grow(); mnist.Predict(image); void Grow() { image = new float[784]; }")]
    [InlineData(
        "var image = new float[783]; ref float[] same = ref image; same = new float[784]; mnist.Predict(image);")]
    [InlineData(
        "var image = new float[783]; try { image = new float[784]; } finally { image = new float[784]; } mnist.Predict(image);")]
    [InlineData(
        "var image = new float[783]; try { throw new Exception(); } catch (Exception) { image = new float[784]; } mnist.Predict(image);")]
    [InlineData("var size = 783; for (int i = 0; i < count; i++) { size++; } mnist.Predict(new float[size]);")]
    [InlineData("var size = 783; size += 1; mnist.Predict(new float[size]);")]
    [InlineData(
        "var image = new float[10]; while (image.Length < 784) { image = new float[image.Length + 9]; } mnist.Predict(image);")]
    [InlineData(
        "var image = new float[1000]; mnist.Predict(image.AsSpan(count, 784)); mnist.Predict(image[..784]); mnist.Predict(image.AsSpan()[216..]); mnist.Predict(image.AsSpan(..^216));")]
    [InlineData(
        "var batch = new float[128 * 784]; for (int i = 0; i < 128; i++) { mnist.Predict(batch.AsSpan(i * 784, 784)); }")]
    [InlineData(
        "var batch = new float[128 * 784]; mnist.Predict(batch); mnist.Predict(batch.AsSpan(784)); mnist.Predict(batch.AsSpan(count * 784));")]
    [InlineData("Index end = ^216; var image = new float[1000]; mnist.Predict(image.AsSpan()[..end]);")]
    [InlineData(
        "Range range = ..784; var image = new float[1000]; mnist.Predict(image.AsSpan()[range]); mnist.Predict(image[range]);")]
    [InlineData(
        "var images = new List<float[]> { new float[784] }; foreach (float[] image in images) { mnist.Predict(image); }")]
    [InlineData(
        "var image = count switch { 1 => new float[784], 2 => new float[1568], _ => unknown }; mnist.Predict(image);")]
    [InlineData("var image = unknown ?? new float[784]; mnist.Predict(image);")]
    [InlineData("float[] image = condition ? unknown : [.. unknown, 1f]; mnist.Predict(image);")]
    [InlineData("var two = new float[2][]; two[0] = new float[784]; mnist.Predict(two[0]);")]
    [InlineData(
        "(float[] image, int label) pair2 = (new float[784], 3); mnist.Predict(pair2.image); mnist.ComputeLoss(pair2.image, new[] { pair2.label });")]
    [InlineData(
        "var image = Images.Load(\"a\"); Images.Classify(image); mnist.Predict(image); Images.Template = image;")]
    [InlineData("Images.Classify(mnist.GetInputBuffer(1)); Images.Classify(unknown); Images.Classify(new float[784]);")]
    [InlineData(
        "var probabilities = mnist.Predict(unknown).ToArray(); var best = probabilities.Length; pair.Predict(new float[best]);")]
    [InlineData("Span<float> logits = stackalloc float[10]; mnist.Predict(unknown).CopyTo(logits);")]
    [InlineData("var weights = encoder.Dense1Weight; encoder.Predict(weights);")]
    [InlineData("Func<float[], float> score = x => mnist.Predict(x)[0]; score(new float[783]);")]
    [InlineData("IModel model = mnist; model.Predict(new float[783]);")]
    [InlineData("float[] Make(int n) => new float[n]; mnist.Predict(Make(784));")]
    [InlineData("var image = new float[28, 28]; mnist.Predict(image.Cast<float>().ToArray());")]
    [InlineData("var image = Enumerable.Range(0, 784).Select(i => (float)i).ToArray(); mnist.Predict(image);")]
    [InlineData(
        "var image = Enumerable.Range(0, 1000).Where(i => i % 2 == 0).Select(i => (float)i).ToArray(); mnist.Predict(image);")]
    [InlineData("checked { var size = int.MaxValue; mnist.Predict(new float[784]); count = size; }")]
    [InlineData("goto end; end: mnist.Predict(new float[784]);")]
    [InlineData("lock (mnist) { using var stream = new System.IO.MemoryStream(); mnist.Predict(new float[784]); }")]
    public Task Correct_program_stays_clean(string statements) => CallSite.IsSilent(statements);

    [Fact]
    public Task Asynchronous_code_and_iterators_stay_clean() =>
        CallSite.IsSilent(
            """
            async Task<int> Classify(float[] image)
            {
                await Task.Yield();
                return mnist.Predict(image).Length;
            }

            IEnumerable<float[]> Read()
            {
                var image = new float[784];
                for (int i = 0; i < count; i++)
                {
                    yield return image;
                    image = new float[784];
                }
            }

            foreach (float[] image in Read())
            {
                _ = Classify(image);
            }
            """);
}
