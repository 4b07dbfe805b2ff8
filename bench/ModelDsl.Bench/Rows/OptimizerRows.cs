using ModelDsl.TestModels;
using Parameter = TorchSharp.Modules.Parameter;

namespace Benchmarks.Bench.Rows;

/// <summary>
/// One step of each optimizer, over one tensor of 256 MB, where memory limits, and over the six tensors of the digit
/// classifier, which fit in a cache.
/// </summary>
internal sealed class OptimizerRows : IRowGroup
{
    private static readonly int[] Large = [StreamRows.Length];
    private static readonly int[] Classifier = [784 * 512, 512, 512 * 512, 512, 512 * 10, 10];

    public string Name => "optimizer";

    public IEnumerable<Row> GetRows(int threads)
    {
        foreach (int[] sizes in (int[][])[Large, Classifier])
        {
            int count = sizes.Sum();
            string what = sizes.Length == 1 ? "64 M parameters" : $"{count:#,0} parameters in {sizes.Length} tensors";
            yield return Of(
                threads, $"SGD, {what}", sizes, Work.Floats(2.0 * count, count),
                () => new Sgd(), parameters => optim.SGD(parameters, 0.01), Add);
            yield return Of(
                threads, $"Adam, {what}", sizes, Work.Floats(4.0 * count, 3.0 * count),
                () => new Adam(), parameters => optim.Adam(parameters, 1e-3), Update);
            yield return Of(
                threads, $"AdamW, {what}", sizes, Work.Floats(4.0 * count, 3.0 * count),
                () => new AdamW(), parameters => optim.AdamW(parameters, 1e-3), Update);

            yield return Of(
                threads, $"NAdam, {what}", sizes, Work.Floats(4.0 * count, 3.0 * count),
                () => new NAdam(), parameters => optim.NAdam(parameters, 2e-3), Update);
            yield return Of(
                threads, $"RMSProp, {what}", sizes, Work.Floats(3.0 * count, 2.0 * count),
                () => new RmsProp(), parameters => optim.RMSProp(parameters, 1e-2), Keep);
            yield return Of(
                threads, $"Adagrad, {what}", sizes, Work.Floats(3.0 * count, 2.0 * count),
                () => new Adagrad(), parameters => optim.Adagrad(parameters, 1e-2), Keep);

            // libtorch has no Lion.
            yield return Of(
                threads, $"Lion, {what}", sizes, Work.Floats(3.0 * count, 2.0 * count),
                () => new Lion(), torch: null, Keep);
        }

        // These see matrices, so they step a model; libtorch has neither. Adafactor reads gradients three times and
        // parameters twice; of Muon's matrix of 512 x 512, fifteen products count.
        double parametersOfModel = MnistMlp.Architecture.TrainableLength;
        yield return OfModel(
            "Adafactor, the digit classifier",
            Work.Floats(5 * parametersOfModel, parametersOfModel),
            () => new Adafactor());
        yield return OfModel("Muon, the digit classifier", Work.Product(512, 512, 15 * 512), () => new Muon());
    }

    private Row OfModel(string name, Work work, Func<Optimizer> create) => new()
    {
        Group = Name,
        Name = name,
        Work = work,
        Ours = () =>
        {
            var model = new MnistMlp(seed: 1);
            Numbers.Draw(model.Gradients.Length, 2).Span.CopyTo(model.Gradients);
            Optimizer optimizer = create();
            return new Contender(() => optimizer.Step(model));
        },
    };

    private static void Add(AlignedMemory[] arrays, int start, int length) =>
        StreamLoop.Add(arrays[0].Span.Slice(start, length), arrays[1].Span.Slice(start, length));

    private static void Keep(AlignedMemory[] arrays, int start, int length) => StreamLoop.Keep(
        arrays[0].Span.Slice(start, length), arrays[1].Span.Slice(start, length), arrays[2].Span.Slice(start, length));

    private static void Update(AlignedMemory[] arrays, int start, int length) => StreamLoop.Update(
        arrays[0].Span.Slice(start, length),
        arrays[1].Span.Slice(start, length),
        arrays[2].Span.Slice(start, length),
        arrays[3].Span.Slice(start, length));

    private Row Of(
        int threads,
        string name,
        int[] sizes,
        Work work,
        Func<IOptimizer> ours,
        Func<IEnumerable<Parameter>, optim.Optimizer>? torch,
        Action<AlignedMemory[], int, int> stream) => new()
        {
            Group = Name,
            Name = name,
            Work = work,
            Ours = () => Ours(sizes.Sum(), ours()),
            Torch = torch is null ? null : () => Torch(sizes, torch),
            Limit = sizes.Length > 1 ? null : () =>
            {
                AlignedMemory[] arrays = [.. Enumerable.Range(0, 4).Select(_ => new AlignedMemory(sizes.Sum()))];
                return Limits.Stream(threads, sizes.Sum(), (start, length) => stream(arrays, start, length));
            },
            LimitWork = work,
        };

    private static Contender Ours(int count, IOptimizer optimizer)
    {
        AlignedMemory parameters = Numbers.Draw(count, 1), gradients = Numbers.Draw(count, 2);
        return new Contender(() => optimizer.Step(parameters.Span, gradients.Span));
    }

    private static Contender Torch(int[] sizes, Func<IEnumerable<Parameter>, optim.Optimizer> create)
    {
        Parameter[] parameters = [.. sizes.Select(size => new Parameter(rand(size)))];
        foreach (Parameter parameter in parameters)
        {
            parameter.grad = rand_like(parameter);
        }

        optim.Optimizer optimizer = create(parameters);
        return new Contender(
            () => optimizer.step(),
            dispose: () =>
            {
                optimizer.Dispose();
                foreach (Parameter parameter in parameters)
                {
                    parameter.Dispose();
                }
            });
    }
}
